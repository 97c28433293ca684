import Testing

@testable import Collector

struct ReadingTests {
  @Test func `frames read back as they were written`() {
    let frames: [FileFrame] = [
      .open(path: "/etc/a\nb"), .read(FileContent(bytes: Array("x\ny".utf8), isTruncated: true)),
      .open(path: "/etc/c"), .failed(FileError(path: "/etc/c", errorNumber: 5)),
      .nothing(errorNumber: 2),
    ]
    let bytes = frames.flatMap(\.bytes)
    #expect(FileFrame.parse(bytes) == frames)
    // Cut off anywhere, only whole frames count.
    for count in bytes.indices {
      let cut = FileFrame.parse(Array(bytes[..<count]))
      #expect(cut == Array(frames.prefix(cut.count)))
    }
  }

  @Test func `frames of something else are none`() {
    #expect(FileFrame.parse(Array("hello\nworld\n".utf8)).isEmpty)
    #expect(FileFrame.parse(Array("read 0 -5\nx".utf8)).isEmpty)
    #expect(FileFrame.parse(Array("read 0 99999999999999999999\nx".utf8)).isEmpty)
    #expect(FileFrame.parse(Array("read 0 4\nabc".utf8)).isEmpty)
  }

  @Test func `the file that hangs is known`() {
    let answers = FileAnswers([
      .open(path: "/a"), .read(FileContent(bytes: [], isTruncated: false)), .open(path: "/b"),
    ])
    #expect(answers.files.map(\.path) == ["/a"])
    #expect(answers.unfinishedPath == "/b")
  }

  @Test func `a pattern's star stands for any name that isn't hidden`() {
    #expect(FilePattern.fits("100.conf", "*.conf"))
    #expect(!FilePattern.fits(".conf", "*.conf"))
    #expect(!FilePattern.fits(".100.conf", "*.conf"))
    #expect(!FilePattern.fits("100.conf.tmp", "*.conf"))
    #expect(FilePattern.fits("pve1", "*"))
  }

  @Test func `top processes are those that used most between two readings`() {
    let first = Array("1000000000\n1 5 100 10 init\n2 6 50 1 old\n3 7 9 1 idle\n".utf8)
    let second = Array(
      "3000000000\n1 5 150 10 init\n2 99 60 2 new name\n3 7 9 1 idle\n".utf8)
    let text = String(decoding: ProcessTimes.top(10, from: first, to: second), as: UTF8.self)
    #expect(
      text == #"{"pid":2,"name":"new name","cpuPercent":30,"residentBytes":8192}"# + "\n"
        + #"{"pid":1,"name":"init","cpuPercent":25,"residentBytes":40960}"# + "\n")
    #expect(ProcessTimes.top(10, from: second, to: first).isEmpty)
    #expect(ProcessTimes.top(10, from: [], to: second).isEmpty)
  }

  @Test func `waiters and unreadable lines of the kernel's locks hold nothing`() {
    let text =
      "1: FLOCK  ADVISORY  WRITE 11 00:17:5 0 EOF\n1: -> FLOCK  ADVISORY  WRITE 12 00:17:5 0 EOF\nx\n"
    #expect(GuestLocks.holders(text) == ["00:17:5": 11])
  }
}
