/* Reads a profile as speedscope's schema and a decoder of pprof's messages do, and compares the total. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { gunzipSync } from "node:zlib";

const require = createRequire(import.meta.url);
const Ajv = require("ajv");
const { Profile } = require("pprof-format");
const [folder, total] = process.argv.slice(2);

const schema = JSON.parse(readFileSync(require.resolve("speedscope/dist/release/file-format-schema.json")));
const scope = JSON.parse(readFileSync(`${folder}/profile.speedscope`));
const ajv = new (Ajv.default ?? Ajv)({ strict: false });
assert.ok(ajv.validate(schema, scope), ajv.errorsText());
assert.equal(scope.profiles[0].weights.reduce((sum, weight) => sum + weight, 0), Number(total));
console.log(`speedscope's schema: ${total}`);

const profile = Profile.decode(gunzipSync(readFileSync(`${folder}/profile.pprof`)));
const text = (index) => profile.stringTable.strings[Number(index)];
assert.equal(text(profile.sampleType[0].type), "instructions");
assert.equal(profile.sample.reduce((sum, sample) => sum + Number(sample.value[0]), 0), Number(total));
for (const sample of profile.sample) {
  for (const id of sample.locationId) {
    const location = profile.location.find((one) => one.id === id);
    assert.notEqual(text(profile.function.find((one) => one.id === location.line[0].functionId).name), "");
  }
}
console.log(`pprof-format: ${total}`);
