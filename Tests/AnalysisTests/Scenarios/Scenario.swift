import BundleFormat
import Testing

/// A folder of `Tests/Fixtures/scenarios`: the sources that show a case, and what is expected of them.
///
/// Its format is told in `Tests/Fixtures/scenarios/README.md`.
struct Scenario: Sendable, CustomTestStringConvertible {
  let name: String
  /// The folder's files and, for those that it leaves out, the ones of `defaults`.
  let files: [String: [UInt8]]
  /// The source that this variant takes away; nil for the scenario as it is.
  let without: String?
  /// What stands in the expectations' file.
  let expectation: Expectation

  var testDescription: String { without.map { "\(name), without \($0)" } ?? name }

  /// Every scenario and every variant of it.
  static let all: [Scenario] = {
    let root = FixtureFolder.scenarios
    let defaults = FixtureFolder(path: "\(root.path)/defaults").files()
    return root.folders.filter { $0 != "defaults" }.flatMap { name -> [Scenario] in
      let own = FixtureFolder(path: "\(root.path)/\(name)").files()
      let files = defaults.merging(own) { _, own in own }
      return own.keys.sorted().compactMap { file -> Scenario? in
        guard file.hasPrefix("expected"), file.hasSuffix(".txt") else { return nil }
        let variant = file.dropFirst("expected".count).dropLast(".txt".count)
        return Scenario(
          name: name, files: files,
          without: variant.isEmpty ? nil : String(variant.dropFirst("-without-".count)),
          expectation: Expectation(own[file] ?? []))
      }
    }
  }()

  static func named(_ name: String, without source: String? = nil) -> Scenario? {
    all.first { $0.name == name && $0.without == source }
  }
}

/// The lines of an `expected.txt`.
struct Expectation: Sendable {
  /// What the assessment must say, in any order.
  let lines: [String]
  /// The rules that stay silent here although they nearly fit.
  let silent: [String]
  /// The rules that fit in the whole scenario, and cannot be decided without the source.
  let lacks: [String]

  init(_ bytes: [UInt8]) {
    let all = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
      .map { $0.split(separator: " ").joined(separator: " ") }
      .filter { !$0.isEmpty && !$0.hasPrefix("#") }
    func rules(_ word: String) -> [String] {
      all.filter { $0.hasPrefix("\(word) ") }
        .flatMap { $0.split(separator: " ").dropFirst().map(String.init) }
    }
    silent = rules("silent")
    lacks = rules("lacks")
    lines = all.filter { !$0.hasPrefix("silent ") && !$0.hasPrefix("lacks ") }
  }

  /// The rules that the lines name: of mappings, of missing disks and of findings.
  var rules: Set<String> {
    Set(
      lines.compactMap { line in
        let words = line.split(separator: " ").map(String.init)
        guard words.count >= 3 else { return nil }
        return words[0] == "finding" ? words[1] : words[2]
      })
  }
}
