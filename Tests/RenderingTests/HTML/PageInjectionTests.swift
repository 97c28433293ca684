import Analysis
import BundleFormat
import NodeGenerator
import NodeState
import TestSupport
import Testing

@testable import Rendering

/// Whatever a bundle holds, in any place, is text and stays text.
struct PageInjectionTests {
  private static let corpus = [
    "<script>pwn()</script>", "<img src=x onerror=pwn()>", "\"><svg onload=pwn()>",
    "' autofocus onfocus='pwn()", "</style><script>pwn()</script>", "</title><iframe src=//x>",
    "-->]]><a href=javascript:pwn()>", "&lt;b&gt;&#60;b&#62;&nbsp", "\u{202E}<b>\u{0}\u{1B}[1m",
    "{{7*7}}${pwn()}`pwn()`", "\\x3cb\\x3e", "<!--", "<", "&", "\"", "'",
  ]

  private static let elements: Set<String> = [
    "html", "head", "meta", "link", "title", "style", "body", "a", "div", "header", "p", "h1", "h2",
    "h3", "h4", "h5", "span", "nav", "ul", "ol", "li", "main", "section", "small", "b", "code",
    "dl",
    "dt", "dd", "details", "summary", "table", "caption", "thead", "tbody", "tr", "th", "td",
    "article", "figure", "figcaption", "svg", "title", "desc", "g", "rect", "path", "circle",
    "text",
    "footer", "script",
  ]

  private func expectOurs(_ page: PageReader, _ comment: Comment) {
    #expect(page.faults.isEmpty, comment)
    let names = Set(page.elements.map(\.name))
    #expect(names.subtracting(Self.elements).isEmpty, comment)
    #expect(page.elements.count { $0.name == "script" || $0.name == "style" } == 2, comment)
    for element in page.elements {
      for attribute in element.attributes {
        #expect(!attribute.name.hasPrefix("on") && attribute.name != "style", comment)
      }
      if element.name == "a" { #expect(element["href"]?.hasPrefix("#") == true, comment) }
    }
    let ids = page.elements.compactMap { $0["id"] }
    #expect(Set(ids).count == ids.count, comment)
    #expect(ids.allSatisfy { !$0.contains { $0.isWhitespace } && !$0.isEmpty }, comment)
    for href in page.elements.compactMap({ $0["href"] }) where href.hasPrefix("#") {
      #expect(ids.contains(String(href.dropFirst())), "\(comment): \(href) leads nowhere")
    }
  }

  @Test(arguments: 1...6) func `a generated node with injections everywhere`(seed: UInt64) {
    let node = GeneratedNode(seed: seed, options: GeneratorOptions(guests: 6))
    for (number, string) in Self.corpus.enumerated() {
      var random = SeededGenerator(seed: seed &* 100 &+ UInt64(number))
      let bundle = Self.poisoned(node.bundle, with: string, using: &random)
      let assessment = Assessment(of: NodeSnapshot(reading: bundle), comparing: true)
      let page = PageReader(ReportPage(assessment).bytes)
      expectOurs(page, "seed \(seed), string \(number)")
    }
  }

  @Test(arguments: corpus) func `a string stands in the page as it was written`(string: String) {
    let node = GeneratedNode(seed: 3, options: GeneratorOptions(guests: 6))
    let marked = "PWN\(string)"
    let bundle = NodeBundle(
      manifest: Self.poisoned(node.bundle.manifest, with: marked), finishedAt: nil,
      entries: node.bundle.entries, sha256: nil, source: marked, unlisted: [marked])
    let page = PageReader(ReportPage(Assessment(of: NodeSnapshot(reading: bundle))).bytes)
    #expect(page.text.contains(TerminalText.escaped(marked)))
    expectOurs(page, "\(marked)")
  }

  /// Puts the string into every name of the manifest and into two places of every answer.
  private static func poisoned(
    _ bundle: NodeBundle, with string: String, using random: inout SeededGenerator
  ) -> NodeBundle {
    let entries = bundle.entries.map { entry in
      var result = entry.result
      if Int.random(in: 0..<4, using: &random) == 0 { result.planned.path += string }
      if Int.random(in: 0..<9, using: &random) == 0 { result.status = .truncated }
      var content = entry.content
      for _ in 0..<Int.random(in: 0...2, using: &random) {
        let place = Int.random(in: 0...(content?.count ?? 0), using: &random)
        content?.insert(contentsOf: string.utf8, at: place)
      }
      return BundleEntry(
        result: result, content: content, standardError: Array("  \(string)\n".utf8),
        isIntact: entry.isIntact)
    }
    return NodeBundle(
      manifest: poisoned(bundle.manifest, with: string), finishedAt: bundle.finishedAt,
      entries: entries, sha256: bundle.sha256, source: string, unlisted: [string])
  }

  private static func poisoned(_ manifest: Manifest, with string: String) -> Manifest {
    var manifest = manifest
    manifest.node.name += string
    manifest.node.cluster = string
    manifest.tool.name += string
    manifest.tool.version += string
    for index in manifest.entries.indices { manifest.entries[index].argv?.append(string) }
    return manifest
  }
}
