@testable import Delivery
import MailServer
import Spawn
import Testing

struct EncodingTests {
  @Test func `gunzip gets back what was compressed, and the same bytes are the same bytes`() throws
  {
    let bytes = Array(
      String(repeating: "<tr><td>ssd-vm--100--disk--0</td></tr>\n", count: 40_000).utf8)
    let packed = try #require(Gzip.compressing(bytes))
    #expect(packed.count < bytes.count / 20)
    // Magic number, deflate, no flags (and so no name), no time.
    #expect(packed.prefix(8) == [0x1F, 0x8B, 8, 0, 0, 0, 0, 0])
    #expect(Gzip.compressing(bytes) == packed)
    let file = try MemoryFile(holding: packed)
    let result = try withExtendedLifetime(file) {
      try ProgramPool.run(
        Command(
          executable: "/bin/sh", arguments: ["sh", "-c", "gunzip"],
          environment: ["PATH=/usr/bin:/bin"], inputs: [file.descriptor]))
    }
    #expect(result.exitCode == 0)
    #expect(result.output == bytes)
  }

  @Test func `what can't be compressed is not cut`() throws {
    var generator = SystemRandomNumberGenerator()
    let bytes = (0..<300_000).map { _ in UInt8.random(in: 0...255, using: &generator) }
    let packed = try #require(Gzip.compressing(bytes))
    #expect(packed.count >= bytes.count)
    #expect(Gzip.compressing([])?.isEmpty == false)
  }

  @Test func `no text leaves its quotes in curl's options`() {
    #expect(CurlOptions.quoted("a\"b\\c\nd\re\tf") == #""a\"b\\c\nd\re\tf""#)
  }
}
