import BundleFormat
import Collector
import Testing

struct RequestTests {
  private func settings(_ arguments: String...) throws -> Settings {
    guard case .collect(let settings) = try Request(arguments) else {
      throw UsageError.conflict("not a collection")
    }
    return settings
  }

  @Test func `the defaults are the contract's`() throws {
    let settings = try settings()
    #expect(settings.timeoutSeconds == 20)
    #expect(settings.deadlineSeconds == 120)
    #expect(settings.maxBytes == 256 << 20)
    #expect(settings.redaction == .standard)
    #expect(settings.output == .folder("."))
  }

  @Test func `every option is read`() throws {
    let settings = try settings(
      "-o", "/tmp", "--format=gz", "--timeout", "2.5", "--deadline", "9", "--max-bytes", "3K",
      "--redact", "strict", "--root", "/usr", "--only", "lvs,vgs", "--only", "pvs", "--skip=lvs",
      "--keep", "4", "-v")
    #expect(settings.output == .folder("/tmp"))
    #expect(settings.format == .gz)
    #expect(settings.timeoutSeconds == 2.5)
    #expect(settings.deadlineSeconds == 9)
    #expect(settings.maxBytes == 3072)
    #expect(settings.redaction == .strict)
    #expect(settings.root == "/usr")
    #expect(settings.only == [.lvs, .vgs, .pvs])
    #expect(settings.skip == [.lvs])
    #expect(settings.keep == 4)
    #expect(settings.verbosity == .verbose)
  }

  @Test func `bytes are bounded by what they come to, not by how they are written`() throws {
    #expect(try settings("--max-bytes", "2147483648").maxBytes == 2 << 30)
    #expect(try settings("--max-bytes", "2G").maxBytes == 2 << 30)
    for value in ["2048G", "1099511627777", "0", "-1", "99999999999999999999", "9000000000G"] {
      #expect(throws: UsageError.self, "\(value)") { try settings("--max-bytes", value) }
    }
  }

  @Test func `an output is a stream, a folder or a file`() throws {
    #expect(try settings("-o", "-").output == .standardOutput)
    #expect(try settings("-o/nowhere/x.tar").output == .file("/nowhere/x.tar"))
    #expect(try settings("-o", "nowhere/").output == .folder("nowhere/"))
  }

  @Test func `a wrong command line is refused in a sentence`() {
    let wrong: [([String], UsageError)] = [
      (["--frobnicate"], .unknownOption("--frobnicate")),
      (["node.tar"], .unexpectedArgument("node.tar")),
      (["--timeout"], .missingValue(option: "--timeout")),
      (["--only", "lvs,nope"], .unknownSource("nope")),
      (["--only", ","], .missingValue(option: "--only")),
      (["--skip=,,"], .missingValue(option: "--skip")),
      (["--list=yes"], .unexpectedArgument("--list=yes")),
      (["--keep", "2", "-o", "-"], .conflict("--keep needs a folder: -o DIR")),
      (["-q", "-v"], .conflict("-q and -v contradict each other")),
      (
        ["--timeout", "-1"],
        .badValue(option: "--timeout", value: "-1", expected: "seconds, up to 86400")
      ),
      (
        ["--format", "xz"], .badValue(option: "--format", value: "xz", expected: "zst, gz or tar")
      ),
      (
        ["--max-bytes", "9999999999G"],
        .badValue(option: "--max-bytes", value: "9999999999G", expected: "bytes, such as 64M")
      ),
    ]
    for (arguments, error) in wrong {
      #expect(throws: error) { try Request(arguments) }
      #expect(!error.description.isEmpty)
    }
  }

  @Test func `help comes before all else`() throws {
    #expect(try Request(["--list", "-h"]) == .list(Settings()))
    #expect(try Request(["-h"]) == .help)
    #expect(try Request(["--version"]) == .version)
  }
}
