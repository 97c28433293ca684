/// What lines of configurations said that were read before: those of a node's guests are much alike.
///
/// One for each kind of guest, since the kinds read lines differently.
struct KnownLines {
  /// Lines that PVE takes, and that neither name a volume nor say something of the guest itself.
  private var idle = ShortTexts<Void>()
  /// What stood behind a disk's volume, and whether it made that a CD-ROM.
  var properties = ShortTexts<Bool>()

  /// Whether a line is known to be idle.
  @inline(__always)
  func isIdle(_ line: Range<Int>, in bytes: Span<UInt8>) -> Bool {
    guard let text = ShortText(bytes, line) else { return false }
    return idle[text] != nil
  }

  /// Keeps a line that has proved idle.
  mutating func keepIdle(_ line: Range<Int>, in bytes: Span<UInt8>) {
    if let text = ShortText(bytes, line) { idle.keep(text, meaning: ()) }
  }
}
