import Analysis
import BundleFormat
import NodeState
import Rendering
import SmallNode
import Testing

struct RenderedMailTests {
  /// Words in a row, wherever lines and elements begin.
  private func flat(_ text: String) -> String {
    text.split { $0 == " " || $0.isNewline }.joined(separator: " ")
  }

  @Test func `the subject says node, grade, counts, cluster and date`() {
    #expect(
      MailCase.ghost.rendered.subject
        == "[pve1] DM health B: 1 warning (lab, 2026-11-22)")
    #expect(
      MailCase.healthy.rendered.subject == "[pve1] DM health A+: no findings (lab, 2026-11-22)")
    let thick = MailCase.samples.first { $0.testDescription == "shared-thick" }
    #expect(
      thick?.rendered.subject
        == "[pve1] DM health D: 3 critical, 9 warnings, 1 notice (lab, 2026-11-23)")
    #expect(MailCase.unknown.rendered.subject.contains("DM health not graded: "))
  }

  @Test func `an open mapping never gets the advice for a closed one`() throws {
    let node = SmallNode.withRecreatedVolumes
    let mail = MailCase("two variants", Assessment(of: NodeSnapshot(reading: node.bundle)))
    // Titles, subjects and remedies in their order.
    let text = flat(mail.rendered.text)
    var rest = text[...]
    for part in [
      "A leftover mapping blocks a living volume's name (recreated-volume, once)",
      "* ssd-vm--100--disk--1", "What helps: Leave it as it is: guest 100 runs here",
      "A deleted volume in use blocks a living one's name (recreated-volume, once)",
      "* ssd-vm--100--disk--2", "What helps: Don't remove it while it is open",
    ] {
      let range = try #require(rest.firstRange(of: part), "\(part) in \(rest)")
      rest = rest[range.upperBound...]
    }
    #expect(mail.markup.text.contains("Don't remove it while it is open"))
  }

  @Test func `without a grade the mail says how many mappings could not be judged`() {
    let mail = MailCase.unknown
    let sentence =
      "2 of 2 mappings could not be judged (ssd-vm--100--disk--0, ssd-vm--105--disk--0)."
    #expect(flat(mail.rendered.text).contains(sentence))
    #expect(mail.rendered.text.contains("\nNot graded: "))
    #expect(flat(mail.markup.text).contains(sentence))
  }

  @Test func `config issues are counted`() {
    var node = SmallNode()
    node.configurations["pve1/qemu-server/100.conf"]! += "scsi1: ssd:vm-100-disk-1,size=1G\n"
    let mail = MailCase("a lost volume", Assessment(of: NodeSnapshot(reading: node.bundle)))
    #expect(mail.rendered.subject == "[pve1] DM health D: 1 critical (lab, 2026-11-22)")
    #expect(mail.rendered.text.contains("missing disks     1\nfaulty or missing 1\n"))
  }

  @Test func `no name makes the subject long, many-lined or colourful`() {
    var node = SmallNode()
    node.texts[.pveMembers] = """
      {"nodename": "pve1", "version": 4,
       "cluster": { "name": "\(String(repeating: "\u{1F480}\\n", count: 300))", "version": 1,
       "nodes": 1, "quorate": 1 },
       "nodelist": { "pve1": { "id": 1, "online": 1, "ip": "192.0.2.1"} } }
      """
    let subject = MailCase("", Assessment(of: NodeSnapshot(reading: node.bundle))).rendered.subject
    #expect(subject.utf8.count <= 255)
    #expect(subject.utf8.allSatisfy { (0x20...0x7E).contains($0) })
  }

  @Test(arguments: MailCase.all) func `both parts have the same facts`(_ mail: MailCase) {
    let page = flat(mail.markup.text)
    let text = flat(mail.rendered.text)
    let head = mail.markup.all("h1").first?.parent
    for paragraph in mail.markup.all("p") where paragraph.parent != head {
      #expect(text.contains(flat(paragraph.wholeText)), "\(paragraph.wholeText)")
    }
    for cell in mail.markup.all("td")
    where cell.style["font-size"] == "14px" && cell.style["text-align"] == nil {
      #expect(text.contains(flat(cell.text)), "\(cell.text)")
    }
    for name in mail.markup.all("span") where name.style["word-break"] != nil {
      #expect(text.contains(flat(name.wholeText)), "\(name.wholeText)")
    }
    // And the other way round, line by line.
    for line in mail.rendered.text.split(separator: "\n") where line.hasPrefix("  * ") {
      #expect(page.contains(flat(String(line.dropFirst(4)))), "\(line)")
    }
  }

  @Test func `what is not shown is counted`() throws {
    let mail = MailCase.big
    let rest = try #require(
      mail.rendered.text.split(separator: "\n").first { $0.hasPrefix("And not shown here: ") })
    #expect(mail.rendered.html.contains(" more</td>"))
    // Shown and not shown are all of them.
    var shown = 0
    for line in mail.rendered.text.split(separator: "\n") {
      if line.hasPrefix("  * ") { shown += 1 }
      if line.hasPrefix("  and "), line.hasSuffix(" more") {
        shown += Int(line.split(separator: " ")[1]) ?? 0
      }
    }
    let numbers = { (text: Substring) in
      text.split { !$0.isNumber }.compactMap { Int($0) }.reduce(0, +)
    }
    let subject = try #require(
      mail.rendered.subject.split(separator: "(").first?.split(separator: ":").last)
    #expect(shown + numbers(rest) == numbers(subject))
  }

  @Test(arguments: [MailCase.hostile, .garbled])
  func `hostile text is text in both parts`(_ mail: MailCase) {
    for tag in ["<script", "<img", "<b>", "\u{202E}"] { #expect(!mail.rendered.html.contains(tag)) }
    for scalar in mail.rendered.text.unicodeScalars where scalar != "\n" {
      switch scalar.properties.generalCategory {
      case .control, .format: return #expect(Bool(false), "\(scalar.value)")
      default: continue
      }
    }
  }

  @Test func `what was hostile is still there to read`() {
    #expect(MailCase.hostile.rendered.text.contains("overlapping-extents, 40"))
    #expect(MailCase.hostile.rendered.text.contains("\\x3cscript\\x3ealert"))
    #expect(MailCase.hostile.markup.text.contains("Cluster <b>\\u{202e}&\"'<script>WW"))
    #expect(MailCase.garbled.markup.text.contains("<script>alert("))
  }

  @Test func `the plan has the name that report and script give it`() throws {
    let assessment = Assessment(of: NodeSnapshot(reading: SmallNode.withGhost.bundle))
    let name = PlanDigest(of: assessment.plan).hex
    #expect(MailCase.ghost.rendered.text.contains("Plan \(name)\n"))
    #expect(MailCase.ghost.markup.text.contains("Plan \(name)"))
    #expect(try #require(CleanupScript(assessment)).text.contains("plan=\(name)\n"))
  }

  @Test func `a missing source has its reason and its command`() {
    #expect(MailCase.unknown.rendered.text.contains("MISSING SOURCES\n* "))
    #expect(MailCase.unknown.rendered.text.contains("  look with: "))
    #expect(MailCase.unknown.rendered.text.contains("\nand 5 more\n"))
    #expect(MailCase.unknown.markup.text.contains("Missing sources"))
    #expect(!MailCase.healthy.rendered.text.contains("MISSING SOURCES"))
  }

  @Test func `ignored findings are counted apart`() {
    #expect(MailCase.ignoring.rendered.subject.contains(": no findings ("))
    #expect(MailCase.ignoring.rendered.text.contains("Ignored by your list: 1."))
    #expect(MailCase.ignoring.markup.text.contains("Ignored by your list: 1."))
  }

  @Test func `lines of the text part fit a terminal`() {
    for mail in MailCase.all {
      for line in mail.rendered.text.split(separator: "\n") where line.contains(" ") {
        let longest = line.split(separator: " ").map(\.count).max() ?? 0
        #expect(line.count <= max(76, longest + 14), "\(line)")
      }
    }
  }

  @Test func `the same bundle gives the same mail`() {
    let again = MailCase("", Assessment(of: NodeSnapshot(reading: SmallNode.withGhost.bundle)))
    #expect(again.rendered.html == MailCase.ghost.rendered.html)
    #expect(again.rendered.text == MailCase.ghost.rendered.text)
  }
}
