package io.sluice.land.fuzz;

/** What fuzzed records are held against: every type, each in a field that may be missing. */
final class FuzzContract {
  static final String JSON =
      """
      {"type":"record","name":"R","fields":[
       {"name":"id","type":"string"},
       {"name":"at","type":{"type":"long","logicalType":"timestamp-micros"}},
       {"name":"i","type":["null","int"],"default":null},
       {"name":"f","type":["null","float"],"default":null},
       {"name":"d","type":["null","double"],"default":null},
       {"name":"b","type":["null","boolean"],"default":null},
       {"name":"y","type":["null","bytes"],"default":null},
       {"name":"x","type":["null",{"type":"fixed","name":"X","size":2}],"default":null},
       {"name":"e","type":["null",{"type":"enum","name":"E","symbols":["A","B"]}],"default":null},
       {"name":"u","type":["null",{"type":"string","logicalType":"uuid"}],"default":null},
       {"name":"day","type":["null",{"type":"int","logicalType":"date"}],"default":null},
       {"name":"ms","type":["null",{"type":"long","logicalType":"timestamp-millis"}],
        "default":null},
       {"name":"n","type":["null",
        {"type":"bytes","logicalType":"decimal","precision":12,"scale":3}],"default":null},
       {"name":"r","type":["null",{"type":"record","name":"In","fields":[
        {"name":"a","type":"long"},{"name":"z","type":["null","string"],"default":null}]}],
        "default":null},
       {"name":"l","type":["null",{"type":"array","items":["null","long"]}],"default":null},
       {"name":"m","type":["null",{"type":"map","values":["null","double"]}],"default":null}]}
      """;

  private FuzzContract() {}
}
