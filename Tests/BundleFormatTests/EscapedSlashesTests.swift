import BundleFormat
import Testing

struct EscapedSlashesTests {
  @Test(arguments: [
    (#"\/dev\/san\/x"#, "/dev/san/x"), (#"a\\\/b/c"#, "a/b/c"), (#"\/"#, "/"),
    (#"x\n\/y\"#, #"x\n/y\"#),
  ])
  func `slashes become plain, and all else stays`(text: String, plain: String) {
    #expect(EscapedSlashes.plain(Array(text.utf8).span) == Array(plain.utf8))
  }

  @Test(arguments: ["", "/dev/a", #"a\b"#, #"\"#, #"/\"#])
  func `a text with no escaped ones has no other form`(text: String) {
    #expect(EscapedSlashes.plain(Array(text.utf8).span) == nil)
  }
}
