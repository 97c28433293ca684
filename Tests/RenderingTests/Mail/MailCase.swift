import Analysis
import BundleFormat
import BundleReader
import NodeGenerator
import NodeState
import Rendering
import SmallNode
import Testing

/// A mail that the rules of markup are held against.
struct MailCase: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let rendered: RenderedMail
  let markup: MailMarkup

  init(_ name: String, _ assessment: Assessment, notes: Bool = true) {
    testDescription = name
    rendered = RenderedMail(
      assessment,
      enclosures: MailEnclosures(
        page: Array("<p>".utf8), script: notes ? Array("#!/bin/sh\n".utf8) : nil, name: "pve1",
        compressing: { $0 }))
    markup = MailMarkup(rendered.html)
  }

  static let all: [MailCase] =
    samples + [healthy, ghost, unknown, big, hostile, garbled, ignoring, v27]

  /// The shipped nodes.
  static let samples: [MailCase] = Sample.all.compactMap { sample in
    guard let bundle = try? NodeBundle(reading: .path(sample.archive)) else { return nil }
    return MailCase(sample.name, Assessment(of: NodeSnapshot(reading: bundle)))
  }

  static let healthy = MailCase(
    "nothing to find", Assessment(of: NodeSnapshot(reading: SmallNode().bundle)), notes: false)

  static let ghost = MailCase(
    "one finding", Assessment(of: NodeSnapshot(reading: SmallNode.withGhost.bundle)))

  static let unknown = MailCase(
    "hardly anything collected",
    Assessment(
      of: NodeSnapshot(
        reading: {
          var node = SmallNode.withGhost
          node.lacking = Set(SourceID.required).subtracting([.dmsetupInfo, .dmsetupTable])
          return node.bundle
        }())))

  /// 10,000 mappings, of which most are not as they should be.
  static let big = MailCase(
    "10,000 mappings",
    Assessment(
      of: NodeSnapshot(
        reading: GeneratedNode(
          seed: 7, options: GeneratorOptions(guests: 4000, mappings: 10_000, faultPercent: 90)
        ).bundle)))

  /// Names as long as the kernel takes them, of what breaks pages, mails and terminals.
  static let hostile = MailCase(
    "hostile names",
    Assessment(
      of: NodeSnapshot(
        reading: {
          var node = SmallNode.withGhost
          for (number, name) in hostileNames.enumerated() {
            // As dmsetup prints it; 127 bytes become up to 508.
            let mangled = name.utf8.map(mangled).joined()
            node.texts[.dmsetupInfo]! += "\(mangled)||253|\(100 + number)|0|1|0|L--w\n"
            // All on the same blocks, so that each is a finding.
            node.texts[.dmsetupTable]! += "\(mangled): 0 65536 linear 8:16 67584\n"
          }
          node.texts[.pveMembers] = """
            {"nodename": "pve1", "version": 4,
             "cluster": { "name": "<b>\\u202e&\\"'<script>\(String(repeating: "W", count: 200))",
             "version": 1, "nodes": 1, "quorate": 1 },
             "nodelist": { "pve1": { "id": 1, "online": 1, "ip": "192.0.2.1"} } }
            """
          return node.bundle
        }())))

  /// The same names as no dmsetup prints them: the source that has them is quoted as the reason.
  static let garbled = MailCase(
    "a source that is not understood",
    Assessment(
      of: NodeSnapshot(
        reading: {
          var node = SmallNode.withGhost
          for name in hostileNames { node.texts[.dmsetupInfo]! += "\(name)||253|9|0|1|0|L--w\n" }
          return node.bundle
        }())))

  static let hostileNames: [String] = (0..<400).map { number in
    let parts = [
      "<script>alert(\(number))</script>", "\"'><img src=x onerror=alert(1)>", "&amp;&#60;b&#62;",
      "\u{202E}txet\u{2066}", "\u{1B}[31mred", "]]>--><!--", "\u{1F480}", "W",
    ]
    let part = parts[number % parts.count]
    var name = "\(number)"
    while name.utf8.count + part.utf8.count <= 127 { name += part }
    return name
  }

  /// A byte in device mapper's printable form.
  private static func mangled(_ byte: UInt8) -> String {
    let isPlain =
      "#+-.:=@_0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8.contains(byte)
    let digits = String(byte, radix: 16)
    return isPlain ? String(UnicodeScalar(byte)) : "\\x" + (digits.count == 1 ? "0" : "") + digits
  }

  static let ignoring = MailCase(
    "an ignore list",
    Assessment(
      of: NodeSnapshot(reading: SmallNode.withGhost.bundle),
      ignoring: (try? IgnoreList(parsing: "ghost-mapping # later")) ?? .empty))

  static let v27 = MailCase(
    "v27's rules",
    Assessment(of: NodeSnapshot(reading: SmallNode.withGhost.bundle), policy: .v27))
}
