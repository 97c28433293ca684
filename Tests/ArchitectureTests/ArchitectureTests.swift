import TestSupport
import Testing

/// The targets' duties as a table: who may import what. A new dependency starts here.
private let allowedImports: [String: Set<String>] = [
  "BundleFormat": ["CNettle"],
  "BundleWriter": ["BundleFormat", "CArchive", "Glibc"],
  "BundleReader": ["BundleFormat", "CArchive", "Glibc"],
  "Spawn": ["CSpawn", "Glibc"],
  "Collector": ["BundleFormat", "BundleWriter", "Spawn", "Glibc"],
  "Threads": ["CMalloc", "Glibc", "Synchronization"],
  "NodeState": ["BundleFormat", "Threads"],
  "Analysis": ["BundleFormat", "NodeState", "Threads"],
  "Rendering": ["BundleFormat", "NodeState", "Analysis", "Threads"],
  "Delivery": ["BundleFormat", "Rendering", "Spawn", "CArchive", "Glibc"],
  "dmcollect": ["BundleFormat", "BundleWriter", "Spawn", "Collector", "Glibc"],
  "dmanalyze": [
    "BundleFormat", "BundleReader", "NodeState", "Analysis", "Rendering", "Delivery", "Spawn",
    "Threads", "ArgumentParser", "Glibc",
  ],
]

/// Targets of C: headers and shims, no Swift to read.
private let systemTargets: Set<String> = ["CArchive", "CMalloc", "CNettle", "CSpawn"]

struct ArchitectureTests {
  private let sources = SourceTree()

  @Test func `every target imports what the table allows, and nothing else`() throws {
    for (target, allowed) in allowedImports {
      let files = sources.swiftFiles(of: target)
      #expect(!files.isEmpty, "no Swift file in Sources/\(target)")
      for file in files {
        for module in file.imports where !allowed.contains(module) {
          Issue.record("\(file.path) imports \(module), which \(target) may not")
        }
      }
    }
  }

  @Test func `every folder of Sources is a target of the table`() {
    let folders = Set(sources.targets)
    #expect(folders == systemTargets.union(allowedImports.keys))
  }

  @Test func `the table catches a forbidden import`() {
    let imports = SwiftFile.imports(
      in: "import Foundation\n@testable import Analysis\n// import No\n")
    #expect(imports == ["Foundation", "Analysis"])
  }
}

/// A Swift file and the modules that it imports.
private struct SwiftFile {
  let path: String
  let imports: [String]

  static func imports(in text: String) -> [String] {
    text.split(separator: "\n").compactMap { line in
      var words = line.split(separator: " ")[...]
      while let first = words.first,
        first.hasPrefix("@") || first == "public" || first == "private"
          || first == "internal"
      {
        words = words.dropFirst()
      }
      guard words.first == "import", words.count > 1 else { return nil }
      // `import struct Module.Type` names the kind first.
      let kinds: Set<Substring> = [
        "struct", "enum", "class", "func", "var", "protocol", "typealias",
      ]
      let module =
        kinds.contains(words.dropFirst().first ?? "") ? words.dropFirst(2) : words.dropFirst()
      return module.first.map { String($0.split(separator: ".")[0]) }
    }
  }
}

/// The package's `Sources`.
private struct SourceTree {
  private let root = TestFiles.packageRoot + "/Sources"

  var targets: [String] { TestFiles.names(in: root).filter { !$0.contains(".") } }

  func swiftFiles(of target: String) -> [SwiftFile] { files(in: "\(root)/\(target)") }

  private func files(in folder: String) -> [SwiftFile] {
    TestFiles.names(in: folder).flatMap { name -> [SwiftFile] in
      let path = "\(folder)/\(name)"
      if name.hasSuffix(".swift") {
        return [SwiftFile(path: path, imports: SwiftFile.imports(in: text(of: path)))]
      }
      return name.contains(".") ? [] : files(in: path)
    }
  }

  private func text(of path: String) -> String {
    String(decoding: TestFiles.bytes(of: path) ?? [], as: UTF8.self)
  }
}
