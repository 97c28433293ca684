import Testing

@testable import Rendering

struct HTMLWriterTests {
  private func written(_ write: (inout HTMLWriter) -> Void) -> String {
    var html = HTMLWriter()
    write(&html)
    return String(decoding: html.bytes, as: UTF8.self)
  }

  @Test func `text keeps its letters and loses its power`() {
    #expect(written { $0.text("ssd-vm--100--disk--0") } == "ssd-vm--100--disk--0")
    #expect(
      written { $0.text("<script>alert(\"1\" & '2')</script>") }
        == "&lt;script&gt;alert(&#34;1&#34; &amp; &#39;2&#39;)&lt;/script&gt;")
    #expect(written { $0.text("Größe <b> 12 µs") } == "Größe &lt;b&gt; 12 µs")
    #expect(written { $0.text("") } == "")
  }

  @Test func `what nobody sees is shown`() {
    #expect(written { $0.text("a\u{0}b\u{1B}[1m<") } == "a\\x00b\\x1b[1m&lt;")
    #expect(written { $0.text("a\u{202E}b\u{FEFF}\n") } == "a\\u{202e}b\\u{feff}\\x0a")
  }

  @Test func `an attribute cannot be left`() {
    #expect(
      written {
        $0.markup("<a")
        $0.attribute("href", "#\" onclick='x' <")
        $0.attribute("data-n", 7)
        $0.markup(">")
      } == "<a href=\"#&#34; onclick=&#39;x&#39; &lt;\" data-n=\"7\">")
  }

  @Test func `an element closes what it opens`() {
    #expect(
      written {
        $0.element("td", [("class", "n")]) {
          $0.text(12)
          $0.element("b", text: "<i>")
        }
      } == "<td class=\"n\">12<b>&lt;i&gt;</b></td>")
  }
}
