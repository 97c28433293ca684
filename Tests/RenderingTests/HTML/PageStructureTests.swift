import Analysis
import BundleFormat
import NodeGenerator
import NodeState
import SmallNode
import Testing

@testable import Rendering

/// What people with other eyes and other programs rely on.
struct PageStructureTests {
  private static let pages: [PageReader] = [
    SmallNode().bundle, SmallNode.withGhost.bundle, GeneratedNode(seed: 5).bundle,
    GeneratedNode(seed: 8, options: GeneratorOptions(guests: 40)).bundle,
  ].map { bundle in
    PageReader(
      ReportPage(Assessment(of: NodeSnapshot(reading: bundle), comparing: true)).bytes)
  }

  @Test(arguments: pages) func `headings follow each other level by level`(page: PageReader) {
    var last = 0
    for element in page.elements where element.name.count == 2 && element.name.hasPrefix("h") {
      guard let level = element.name.last?.wholeNumberValue else { continue }
      #expect(level <= last + 1, "h\(level) after h\(last)")
      last = level
    }
    #expect(page.elements.count { $0.name == "h1" } == 1)
  }

  @Test(arguments: pages) func `every table has a caption, every heading cell a scope`(
    page: PageReader
  ) {
    let tables = page.elements.indices.filter { page.elements[$0].name == "table" }
    #expect(tables.allSatisfy { page.elements[$0 + 1].name == "caption" })
    #expect(!tables.isEmpty)
    for cell in page.elements where cell.name == "th" {
      #expect(["col", "row"].contains(cell["scope"]))
    }
  }

  @Test(arguments: pages) func `every picture says what it shows`(page: PageReader) {
    for (position, element) in page.elements.enumerated() where element.name == "svg" {
      #expect(element["role"] == "img")
      let isTold = element["aria-label"]?.isEmpty == false
      #expect(isTold || page.elements[position + 1].name == "title")
    }
  }

  @Test(arguments: pages) func `every id is there once, and every link leads somewhere`(
    page: PageReader
  ) {
    let ids = page.elements.compactMap { $0["id"] }
    #expect(Set(ids).count == ids.count)
    for link in page.elements where link.name == "a" {
      #expect(ids.contains(String((link["href"] ?? "").dropFirst())), "\(link["href"] ?? "")")
    }
  }

  @Test func `the policy allows this style and this script by their hashes, and nothing else`()
    throws
  {
    let bytes = ReportPage(Assessment(of: NodeSnapshot(reading: SmallNode().bundle))).bytes
    let page = String(decoding: bytes, as: UTF8.self)
    let policy = try #require(
      PageReader(bytes).elements.first { $0["http-equiv"] == "Content-Security-Policy" }?["content"]
    )
    #expect(policy.hasPrefix("default-src 'none'; "))
    #expect(!policy.contains("unsafe") && !policy.contains("http"))
    for name in ["style", "script"] {
      let start = try #require(page.firstRange(of: "<\(name)>")).upperBound
      let end = try #require(page.firstRange(of: "</\(name)>")).lowerBound
      let hash = SHA256.digest(of: Array(page[start..<end].utf8))
      let digits = String(decoding: Base64.encoding(hash.bytes), as: UTF8.self)
      #expect(policy.contains("\(name)-src 'sha256-\(digits)'"))
    }
  }

  @Test func `sizes that a manifest only claims are added to nothing`() {
    let bundle = SmallNode().bundle
    let entries = bundle.entries.map { entry in
      var result = entry.result
      result.sizeBytes = .max
      return BundleEntry(result: result, content: entry.content, isIntact: false)
    }
    let forged = NodeBundle(
      manifest: bundle.manifest, finishedAt: nil, entries: entries, sha256: nil, source: "forged")
    #expect(!ReportPage(Assessment(of: NodeSnapshot(reading: forged))).bytes.isEmpty)
  }

  @Test func `a normal node's page is small`() {
    let node = GeneratedNode(seed: 8, options: GeneratorOptions(guests: 40, faultPercent: 10))
    let bytes = ReportPage(Assessment(of: NodeSnapshot(reading: node.bundle))).bytes
    #expect(bytes.count <= 300_000)
  }
}
