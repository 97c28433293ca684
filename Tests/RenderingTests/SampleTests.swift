import Analysis
import BundleFormat
import BundleReader
import NodeState
import Rendering
import TestSupport
import Testing

/// The samples are real bundles, and what stands beside them is what `-o` writes: made anew here and
/// compared byte by byte. `tools/golden` rewrites them; `git diff` reviews.
struct SampleTests {
  private static let samples = Sample.all

  @Test func `there are samples to compare`() {
    #expect(Self.samples.map(\.name).contains("shared-thick"))
    #expect(Self.samples.map(\.name).contains("thin-local"))
  }

  @Test(arguments: samples) func `a sample's reports are made anew to the byte`(
    _ sample: Sample
  ) throws {
    let bundle = try NodeBundle(reading: .path(sample.archive))
    let assessment = Assessment(of: NodeSnapshot(reading: bundle))
    let node = bundle.manifest.node.name
    let made: [String: [UInt8]] = [
      "\(node).json": AssessmentJSON(assessment).bytes,
      "\(node).html": ReportPage(assessment).bytes,
      "\(node).txt": Array(TextReport(assessment).text.utf8),
      "\(node).md": Array(MarkdownReport(assessment).text.utf8),
      "\(node).sarif": SARIFLog([assessment]).bytes,
      "\(node).junit.xml": Array(JUnitReport([assessment]).text.utf8),
      "\(node).prom": Array(OpenMetricsText([assessment]).text.utf8),
      "\(node)-cleanup.sh": Array((CleanupScript(assessment)?.text ?? "").utf8),
    ]
    for (name, bytes) in made {
      // Only whether: nobody wants to read a page's bytes in a log.
      let isSame = bytes == sample.bytes(of: name)
      #expect(isSame, "\(name) differs from the sample's: tools/golden, then git diff")
    }
  }

  @Test(arguments: samples) func `the unpacked folder is judged like the archive`(
    _ sample: Sample
  ) throws {
    let archive = try NodeBundle(reading: .path(sample.archive))
    let folder = try NodeBundle(reading: .path(sample.folder))
    #expect(folder.sha256 == nil)
    func text(_ bundle: NodeBundle) -> String {
      TextReport(Assessment(of: NodeSnapshot(reading: bundle))).text
    }
    #expect(text(folder) == text(archive))
  }

  @Test(arguments: samples) func `a sample is complete and as it was collected`(
    _ sample: Sample
  ) throws {
    let bundle = try NodeBundle(reading: .path(sample.archive))
    #expect(BundleVerification(of: bundle).verdict == .complete)
  }
}

/// A folder of `samples`: one archive, its unpacked tree, and the reports.
struct Sample: CustomTestStringConvertible, Sendable {
  let name: String
  let archive: String

  var testDescription: String { name }
  var folder: String { String(archive.dropLast(".tar.zst".count)) }

  static var all: [Sample] {
    let root = TestFiles.packageRoot + "/samples"
    return TestFiles.names(in: root).flatMap { name in
      TestFiles.names(in: "\(root)/\(name)").filter { $0.hasSuffix(".tar.zst") }.map {
        Sample(name: name, archive: "\(root)/\(name)/\($0)")
      }
    }
  }

  /// A file beside the archive; empty when there is none.
  func bytes(of file: String) -> [UInt8] {
    let path =
      archive.split(separator: "/", omittingEmptySubsequences: false).dropLast()
      .joined(separator: "/") + "/\(file)"
    return TestFiles.bytes(of: path) ?? []
  }
}
