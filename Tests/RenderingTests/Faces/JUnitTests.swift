import Analysis
import BundleFormat
import NodeState
import SmallNode
import Testing

@testable import Rendering

struct JUnitTests {
  private func text(_ node: SmallNode, ignoring list: IgnoreList = .empty) -> String {
    JUnitReport([Assessment(of: NodeSnapshot(reading: node.bundle), ignoring: list)]).text
  }

  private func count(_ words: String, in text: String) -> Int {
    text.split(separator: "\n").count { $0.contains(words) }
  }

  @Test func `each mapping is a case, and a warning fails it`() {
    let text = text(.withGhost)
    #expect(count("<testcase ", in: text) == 2)
    #expect(
      text.contains(#"tests="2" failures="1" errors="0" skipped="0""#))
    #expect(
      text.contains(
        #"<testcase name="ssd-vm--100--disk--0" classname="dmanalyze.valid.running-disk" time="0"/>"#
      ))
    #expect(text.contains(#"<failure type="ghost-mapping" message="LVM no longer has"#))
    #expect(text.contains(#"timestamp="2026-11-22T19:54:00""#))
    #expect(text.contains("<system-err/>"))
  }

  @Test func `what can't be judged is an error, what is ignored is skipped`() throws {
    var node = SmallNode.withGhost
    node.lacking = [.lvs]
    let unjudged = text(node)
    #expect(unjudged.contains(#"failures="0" errors="2" skipped="0""#))
    #expect(unjudged.contains(#"<error type="volumes-unknown" message="Its volume could not"#))
    #expect(unjudged.contains("warning  source-missing  lvs  lvs: not in the bundle.</system-err>"))
    let list = try IgnoreList(parsing: "ghost-mapping # known \"since\" <May>")
    let ignored = text(.withGhost, ignoring: list)
    #expect(ignored.contains(#"failures="0" errors="0" skipped="1""#))
    #expect(
      ignored.contains(#"<skipped message="ignored: known &quot;since&quot; &lt;May&gt;"/>"#))
  }

  @Test func `what was moving is skipped`() {
    var node = SmallNode.withGhost
    node.texts[.tasksActive] =
      "UPID:pve1:0000C3F2:0004A1B2:6B02D904:qmclone:105:root@pam: 0\n"
    #expect(text(node).contains(#"failures="0" errors="0" skipped="1""#))
    // Whether it was moving is an error where nobody can say.
    node.lacking = [.tasksActive]
    #expect(text(node).contains(#"failures="0" errors="1" skipped="0""#))
  }

  @Test func `nodes are numbered suites, and none is a document all the same`() {
    let one = Assessment(of: NodeSnapshot(reading: SmallNode().bundle))
    let text = JUnitReport([one, one]).text
    #expect(text.contains(#"id="0""#) && text.contains(#"id="1""#))
    #expect(JUnitReport([]).text.hasSuffix("<testsuites>\n</testsuites>\n"))
  }

  @Test(arguments: [
    ("a<b>&\"c\"", "a&lt;b&gt;&amp;&quot;c&quot;"), ("x\u{1}\u{FFFE}", "x\\x01\u{FFFD}"),
    ("tab\tline\n", "tab\\x09line\\x0a"), ("ä", "ä"),
  ])
  func `text is what XML may hold`(text: String, escaped: String) {
    #expect(XMLText.escaped(text) == escaped)
  }

  @Test func `a token has no blanks at its ends and is never empty`() {
    #expect(XMLText.token("  a  b ") == "a b")
    #expect(XMLText.token(" ") == "-")
  }
}
