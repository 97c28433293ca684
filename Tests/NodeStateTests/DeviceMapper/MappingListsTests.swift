import TestSupport
import Testing

@testable import NodeState

/// Lists that go side by side say what each of them says alone.
@Suite struct MappingListsTests {
  private let info = """
    a||253|0|0|1|0|L--w
    b|LVM-0123456789abcdefghijklmnopqrstuvABCDEFGHIJKLMNOPQRSTUVWXYZ012345|253|1|0|2|0|L--w
    c||253|2|0|0|0|---w
    d||253|3|0|1|0|L--w

    """
  private let table = """
    a: 0 8 linear 8:16 2048
    b: 0 8 linear 8:16 4096
    b: 8 8 thin 253:7 4
    c:\u{20}
    d: 0 8 zero\u{20}

    """
  private let dependencies = """
    a: 1 dependencies\t: (8, 16)
    b: 2 dependencies\t: (253, 7) (8, 16)
    c: 0 dependencies\t:
    d: 0 dependencies\t:

    """

  private func words(_ mapping: Mapping) -> String {
    let table = mapping.table.value?.map {
      "\($0.startSector) \($0.sectorCount) \($0.kind) \($0.location)"
    }
    return "\(mapping.name) \(mapping.uuid?.description ?? "-") \(mapping.device) "
      + "\(mapping.openCount) \(mapping.attributes) \(mapping.dependencies) \(mapping.location) "
      + "\(table.map { "\($0)" } ?? "no table")"
  }

  private func text(_ text: String, entry: Int) -> SourceReader.Text {
    SourceReader.Text(
      bytes: Array(text.utf8), origin: EntryOrigin(entry: entry, path: "test"), argv: nil)
  }

  private func sideBySide(_ info: String, _ table: String, _ dependencies: String?) -> [String]? {
    let lists = MappingLists(
      info: text(info, entry: 0), table: text(table, entry: 1),
      dependencies: dependencies.map { text($0, entry: 2) })
    return lists.mappings(repeating: nil)?.map(words)
  }

  private func alone(_ info: String, _ table: String, _ dependencies: String?) -> [String]? {
    let (info, table) = (text(info, entry: 0), text(table, entry: 1))
    guard
      let rows = try? MappingRow.parse(
        info.bytes.span, columns: MappingColumns(argv: nil), from: info.origin),
      let tables = try? MappingTables.parse(table.bytes.span, of: rows, from: table.origin)
    else { return nil }
    var lower: [[DeviceNumber]?] = Array(repeating: nil, count: rows.count)
    if let dependencies {
      let list = text(dependencies, entry: 2)
      guard
        let read = try? MappingDependencies.parse(list.bytes.span, of: rows, from: list.origin)
      else { return nil }
      lower = read
    }
    return rows.indices.map {
      words(Mapping(rows[$0], table: tables[$0], dependencies: lower[$0]))
    }
  }

  @Test func `lists in step are read side by side`() throws {
    let mappings = try #require(sideBySide(info, table, dependencies))
    #expect(mappings.count == 4)
    #expect(mappings == alone(info, table, dependencies))
    #expect(sideBySide(info, table, nil) == alone(info, table, nil))
  }

  @Test func `names that stand in another order are no less distinct`() {
    func reversed(_ text: String) -> String {
      text.split(separator: "\n").reversed().map { $0 + "\n" }.joined()
    }
    let table = "d: 0 8 zero \nc: \nb: 0 8 zero \nb: 8 8 zero \na: 0 8 zero \n"
    #expect(sideBySide(reversed(info), table, nil)?.count == 4)
    #expect(sideBySide("a||253|0|0|0|0|---w\na||253|1|0|0|0|---w\n", "a: \na: \n", nil) == nil)
  }

  @Test(arguments: [
    "a: 0 8 linear 8:16 2048\n", "x: 0 8 zero \n", "b: 16 8 zero \n", "d: 8 8 zero \n", "\n", "e",
  ])
  func `a line that isn't due puts the lists out of step`(line: String) {
    #expect(sideBySide(info, table + line, nil) == nil)
    #expect(sideBySide(info, line + table, nil) == nil)
    #expect(sideBySide(info + line, table, nil) == nil)
    #expect(sideBySide(info, table, dependencies + line) == nil)
  }

  @Test func `whatever changes, nothing is read side by side that is read otherwise alone`() {
    var inStep = 0
    for seed in UInt64(1)...2000 {
      var random = SeededGenerator(seed: seed)
      func changed(_ text: String) -> String {
        var bytes = Array(text.utf8)
        for _ in 0..<Int.random(in: 0...1, using: &random) {
          let place = Int.random(in: 0..<bytes.count, using: &random)
          bytes[place] = Array("0189:|- \nab".utf8).randomElement(using: &random) ?? 0
        }
        return String(decoding: bytes, as: UTF8.self)
      }
      let lists = (changed(info), changed(table), changed(dependencies))
      guard let read = sideBySide(lists.0, lists.1, lists.2) else { continue }
      inStep += 1
      #expect(read == alone(lists.0, lists.1, lists.2), "seed \(seed)")
    }
    #expect(inStep > 200)
  }
}
