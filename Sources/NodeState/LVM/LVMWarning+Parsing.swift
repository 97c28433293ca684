extension LVMWarning {
  /// Reads what an LVM command said on standard error: every line but blank ones.
  static func parse(_ bytes: Span<UInt8>) -> [LVMWarning] {
    var warnings: [LVMWarning] = []
    var lines = LineWalk()
    while let line = lines.next(in: bytes) {
      let text = bytes.trimmed(line)
      if !text.isEmpty { warnings.append(LVMWarning(text: bytes.text(text))) }
    }
    return warnings
  }
}
