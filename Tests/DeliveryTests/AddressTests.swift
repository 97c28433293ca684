import Delivery
import Testing

struct AddressTests {
  @Test(
    arguments: [
      ("a@x.test", "a@x.test", nil),
      ("  a.b+c@x-y.test ", "a.b+c@x-y.test", nil),
      ("Ops <a@x.test>", "a@x.test", "Ops"),
      ("\"Ops, Night \\\"2\\\"\" <a@x.test>", "a@x.test", "Ops, Night \"2\""),
      ("Bereitschaft Zürich <a@x.test>", "a@x.test", "Bereitschaft Zürich"),
      ("<a@x.test>", "a@x.test", nil),
      ("root@localhost", "root@localhost", nil),
    ] as [(String, String, String?)])
  func `an address, with and without a name`(text: String, email: String, name: String?) throws {
    let address = try MailAddress(parsing: text)
    #expect(address.email == email)
    #expect(address.name == name)
  }

  @Test(arguments: [
    "", "a", "a@", "@x.test", "a@b@c", "a b@x.test", "a@x..test", "a@.test", "a@x.test,b@x.test",
    "a@x.test>", "Ops <a@x.test", "ä@x.test", "a@ü.test", "a@x.test\nBcc: b@x.test",
    "Ops\r\n <a@x.test>", "O\u{202E}ps <a@x.test>", "a@x_y.test",
    "\(String(repeating: "n", count: 201)) <a@x.test>",
    "\(String(repeating: "a", count: 65))@x.test",
  ])
  func `what is no single address is refused`(text: String) {
    #expect(throws: DeliveryError.self) { try MailAddress(parsing: text) }
  }

  @Test func `commas separate addresses, semicolons lists, but not in quotes`() throws {
    let lists = try MailAddress.lists(parsing: "\"A; B, C\" <a@x.test>, b@x.test ;; c@x.test;")
    #expect(lists.map { $0.map(\.email) } == [["a@x.test", "b@x.test"], ["c@x.test"]])
    #expect(lists[0][0].name == "A; B, C")
  }
}

struct EndpointTests {
  @Test(arguments: [
    ("https://api.mailjet.com/v3.1/send", true, false),
    ("https://localhost:8443/v3.1/send", true, true),
    ("http://127.0.0.1:80/x", false, true), ("http://[::1]:8080/x", false, true),
    ("http://localhost", false, true), ("https://[2001:db8::1]/", true, false),
  ])
  func `https anywhere, http on this machine`(url: String, isSecure: Bool, isLoopback: Bool) throws
  {
    let endpoint = try Endpoint(parsing: url)
    #expect(endpoint.url == url)
    #expect(endpoint.isSecure == isSecure)
    #expect(endpoint.isLoopback == isLoopback)
  }

  @Test(arguments: [
    "http://api.mailjet.com/v3.1/send", "http://localhost.evil.test/",
    "http://127.0.0.1.evil.test/",
    "http://127.0.0.256/", "ftp://x.test/", "https://", "https:///x", "https://u:p@x.test/",
    "https://x.test/ y", "https://x.test/\"", "https://x.test:0/", "https://x.test:99999/",
    "https://x.test:1:2/", "HTTPS://x.test/", "https://x.test/?a=b", "file:///etc/passwd",
    "http://127.0.0.1%2e.evil.test/", "https://[::1/",
  ])
  func `anything else is refused`(url: String) {
    #expect(throws: DeliveryError.self) { try Endpoint(parsing: url) }
  }
}
