import Analysis
import BundleFormat
import NodeGenerator
import NodeState
import TestSupport
import Testing

@testable import Rendering

/// A bundle may claim any number, and the two readings different ones: nothing is brought down, in no face.
struct ForgedNumbersTests {
  private static let numbers = [
    "9223372036854775807", "9223372036854775806", "18446744073709551615", "4294967295", "-1", "0",
    "99999999999999999999", "0.5", "1e308",
  ]

  /// The same text with some of its numbers replaced.
  private static func forged(_ content: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
    var result: [UInt8] = []
    var index = 0
    while index < content.count {
      let isDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(content[index])
      guard isDigit else {
        result.append(content[index])
        index += 1
        continue
      }
      let digits = content[index...].prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      index += digits.count
      let isForged = Int.random(in: 0..<12, using: &random) == 0
      result += isForged ? Array(numbers.randomElement(using: &random)!.utf8) : Array(digits)
    }
    return result
  }

  private static func forged(_ bundle: NodeBundle, _ random: inout SeededGenerator) -> NodeBundle {
    var entries: [BundleEntry] = []
    for entry in bundle.entries {
      // Most sources stay as they are: one that is no longer understood hides what the others say.
      guard Int.random(in: 0..<6, using: &random) == 0, let content = entry.content else {
        entries.append(entry)
        continue
      }
      var result = entry.result
      result.sizeBytes = [0, 1, .max].randomElement(using: &random)!
      result.durationMilliseconds = [0, 1, .max].randomElement(using: &random)!
      entries.append(
        BundleEntry(
          result: result, content: forged(content, &random), standardError: entry.standardError,
          isIntact: true))
    }
    return NodeBundle(
      manifest: bundle.manifest, finishedAt: bundle.finishedAt, entries: entries,
      sha256: bundle.sha256, source: bundle.source)
  }

  @Test(arguments: 1...40) func `no number brings any face down`(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    let node = GeneratedNode(seed: UInt64(seed), options: .init(guests: 6, faultPercent: 60))
    for _ in 0..<6 {
      let bundle = Self.forged(node.bundle, &random)
      let assessment = Assessment(of: NodeSnapshot(reading: bundle), comparing: true)
      #expect(!TextReport(assessment).text.isEmpty)
      #expect(!ReportPage(assessment).bytes.isEmpty)
      #expect(!AssessmentJSON(assessment).bytes.isEmpty)
      #expect(!MarkdownReport(assessment).text.isEmpty)
      #expect(!SARIFLog([assessment]).bytes.isEmpty)
      #expect(!JUnitReport([assessment]).text.isEmpty)
      #expect(!OpenMetricsText([assessment]).text.isEmpty)
      _ = CleanupScript(assessment)?.text
      for facts in assessment.inventory.mappings.prefix(3) {
        if let explanation = assessment.explanation(of: facts.mapping.name) {
          #expect(!ExplanationText(explanation, of: assessment).text.isEmpty)
        }
      }
    }
  }
}
