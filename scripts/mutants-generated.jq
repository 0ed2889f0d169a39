# Reads the syntax tree of one C file, as clang prints it in JSON, and prints a place to change per line:
#
#   KIND FIRST LAST NEW     bytes FIRST to LAST of the file become NEW; @ in NEW is what was there
#
# Only functions of the file itself are read, and only places outside of macros, whose bytes are known.
def place: .range | select(.begin.offset != null and .end.offset != null and (.begin.includedFrom | not))
    | [.begin.offset, .end.offset + .end.tokLen - 1];
def change($kind; $new): place as [$first, $last] | "\($kind) \($first) \($last) \($new)";
# The operator of a binary expression lies between its two operands.
def operator($kind; $new): . as $whole | (.inner[0] | place) as [$_, $left] | (.inner[1] | place) as [$right, $_last]
    | "\($kind) \($left + 1) \($right - 1) \($new)";
def off_by_one: {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "=="}[.];
def is_store: (.kind == "BinaryOperator" and .opcode == "=") or .kind == "CompoundAssignOperator"
    or (.kind == "UnaryOperator" and (.opcode == "++" or .opcode == "--")) or .kind == "CallExpr";

.inner[] | select(.kind == "FunctionDecl" and .inner != null and (.loc.includedFrom | not) and (.range.begin.includedFrom | not))
| .. | objects
| (select(.kind == "IfStmt") | .inner[0] | change("check"; "0"), change("branch"; "!(@)")),
  (select(.kind == "WhileStmt" or .kind == "ConditionalOperator") | .inner[0] | change("branch"; "!(@)")),
  (select(.kind == "BinaryOperator" and (.opcode | off_by_one) != null) | operator("comparison"; .opcode | off_by_one)),
  (select(.kind == "IntegerLiteral") | change("constant"; "(@ + 1)")),
  (select(.kind == "BinaryOperator" and .opcode == "&") | .inner[1] | change("mask"; "-1")),
  (select(.kind == "CompoundStmt") | .inner[]? | select(is_store) | change("store"; "(void)0")),
  (select(.kind == "IfStmt") | .inner[1:][] | select(is_store) | change("store"; "(void)0"))
