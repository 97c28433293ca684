extension Double {
  /// A share of 0 to 100 with one decimal at most, in words: `90 %`, `90.1 %`.
  var percentWords: String { self == rounded() ? "\(Int(self)) %" : "\(self) %" }
}
