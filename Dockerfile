# Installs a release archive: no JDK, Maven or compiler. Build it where the archive and its checksum lie:
#   make release && docker build -f Dockerfile -t feuerprobe build/release
#   docker run --rm --user "$(id -u):$(id -g)" -v "$PWD:/work" feuerprobe validate --target image --kernel build/kernel.elf --bounds bounds.yaml
FROM debian:12-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends qemu-system-x86 \
    && rm -rf /var/lib/apt/lists/*
COPY SHA256SUMS feuerprobe-*-linux-x64.tar.gz /tmp/release/
RUN cd /tmp/release \
    && sha256sum --check SHA256SUMS \
    && mkdir /opt/feuerprobe \
    && tar -xzf feuerprobe-*-linux-x64.tar.gz -C /opt/feuerprobe --strip-components=1 \
    && ln -s /opt/feuerprobe/feuerprobe /usr/local/bin/feuerprobe \
    && cd / && rm -r /tmp/release \
    && feuerprobe --version
WORKDIR /work
ENTRYPOINT ["feuerprobe"]
CMD ["--help"]
