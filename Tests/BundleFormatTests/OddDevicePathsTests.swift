import BundleFormat
import Testing

struct OddDevicePathsTests {
  private func paths(_ text: String) -> [String] {
    OddDevicePaths.all(in: Array(text.utf8).span).map { String(decoding: $0, as: UTF8.self) }
  }

  @Test(arguments: [
    (#"file=/dev/disk/by-label/my\x20disk,if=none"#, #"/dev/disk/by-label/my\x20disk"#),
    (#"{"filename":"/dev/disk/by-label/my\\x20disk"}"#, #"/dev/disk/by-label/my\x20disk"#),
    (#""/dev/disk/by-label/Gr\u00f6\u00dfe""#, "/dev/disk/by-label/Größe"),
    ("a /dev/disk/by-partlabel/Größe b", "/dev/disk/by-partlabel/Größe"),
    ("/dev/disk/by-id/a=b#c d", "/dev/disk/by-id/a=b#c"),
    (#"/dev/mapper/my\x20map mnt"#, #"/dev/mapper/my\x20map"#),
  ])
  func `a path goes on behind what names seldom hold`(text: String, path: String) {
    #expect(paths(text) == [path])
  }

  @Test(arguments: [
    "/dev/disk/by-label/mine", "/dev/sda=1", #"/dev/san/x\n"#, #"/dev/san/x\u12"#, #"/dev/a\xg0"#,
    "/dev", "/dev/", "“/dev/a/x”", #"\x20"#, "", #"/dev/x\ud800"#,
    #"/dev/disk/by-label/x\u000alock:backup"#, #"/dev/x\u0000y"#, #"/dev/x\u0085y"#, #"/dev/x\"#,
  ])
  func `any other is found as it stands`(text: String) {
    #expect(paths(text).isEmpty)
  }

  @Test func `each path goes as far as the next, and all have no more bytes than the text`() {
    #expect(
      paths(#"x:/dev/disk/by-label/my\x20disk:/dev/disk/by-id/a=b@/dev/sda"#)
        == [#"/dev/disk/by-label/my\x20disk"#, "/dev/disk/by-id/a=b"])
    for part in [#"/dev/x\x20"#, #"/dev/x:\x20"#, "/dev/disk/é"] {
      let text = String(repeating: part, count: 2000)
      #expect(paths(text).reduce(0) { $0 + $1.utf8.count } <= text.utf8.count)
    }
  }

  @Test func `what is too long for a path ends`() {
    let text = "/dev/disk/" + String(repeating: "é", count: 5000)
    #expect(paths(text).allSatisfy { $0.utf8.count <= 1_500 })
    #expect(paths(String(repeating: "/dev/disk/é ", count: 1000)).count == 1000)
  }
}
