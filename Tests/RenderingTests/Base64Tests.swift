import Rendering
import Testing

struct Base64Tests {
  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
    ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
  ])
  func `Base64 as in RFC 4648, section 10`(text: String, encoded: String) {
    #expect(Base64.encoding(Array(text.utf8)) == Array(encoded.utf8))
    #expect(Base64.count(of: text.utf8.count) == encoded.utf8.count)
  }

  @Test func `all bytes have their digits`() {
    #expect(Base64.encoding([0xFB, 0xFF, 0xBF]) == Array("+/+/".utf8))
  }
}
