/// How big a bundle may be: what writes one keeps within, what reads one accepts.
///
/// A bundle that grows beyond would be collected for nothing.
public enum BundleBounds {
  /// A line becomes evidence and is shown. The longest real ones, multipath tables, have some 10 KiB.
  public static let lineBytes = 1 << 20
  /// All entries together. Twice what the collector writes at most by default.
  public static let totalBytes = 512 << 20
  /// What answers may have of it; the rest is for the manifests and for pseudonyms longer than names.
  public static let answerBytes = 384 << 20
}
