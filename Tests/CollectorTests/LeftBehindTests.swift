import BundleFormat
import Testing

@testable import Collector
@testable import Spawn

/// A program in state D can't be made here: what came of it is made up.
struct LeftBehindTests {
  private func said(of source: SourceID, errorOutput: String) throws -> (
    status: String, said: String
  ) {
    var settings = Settings()
    settings.verbosity = .quiet
    let spool = try Spool(in: ["/tmp"])
    let interview = Interview(
      settings, until: .now.adding(seconds: 1), spool: spool,
      progress: Progress(verbosity: .quiet))
    let question = try #require(Questionnaire.all.first { $0.source == source })
    let result = ProgramResult(
      ending: .leftBehind, cut: .timeout, output: [], errorOutput: Array(errorOutput.utf8),
      durationMilliseconds: 1)
    interview.take(result, of: Inquiry(question, reading: 1))
    let answer = try #require(interview.answers.first)
    let part = try #require(answer.errorOutput)
    return (answer.complaint, String(decoding: try spool.read(part), as: UTF8.self))
  }

  @Test(arguments: [SourceID.lvs, .storageCfg, .guestConfigs, .devLinks])
  func `what could not be ended is on record`(_ source: SourceID) throws {
    let words = "a program could not be ended and was left behind"
    let found = try said(of: source, errorOutput: "")
    #expect(found.said == "dmcollect: \(words)\n")
    #expect(found.status == "\(source.rawValue): timedOut (\(words))")
  }

  @Test func `what it had said stands behind`() throws {
    #expect(
      try said(of: .vgs, errorOutput: "  x\n").said
        == "dmcollect: a program could not be ended and was left behind\n  x\n")
  }
}
