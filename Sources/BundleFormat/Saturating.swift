extension Int {
  /// Adds, and stays at the end of the range instead of overflowing: numbers in a bundle are anyone's.
  @inlinable
  public func saturatingAdd(_ other: Int) -> Int {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? (other > 0 ? .max : .min) : sum
  }

  /// Multiplies two numbers that are not negative, and stays at the largest instead of overflowing.
  @inlinable
  public func saturatingMultiply(_ other: Int) -> Int {
    let (product, overflow) = multipliedReportingOverflow(by: other)
    return overflow ? .max : product
  }
}

extension Int64 {
  /// Subtracts, and stays at the smallest number instead of overflowing.
  @inlinable
  public func saturatingSubtract(_ other: Int64) -> Int64 {
    let (difference, overflow) = subtractingReportingOverflow(other)
    return overflow ? .min : difference
  }

  /// Adds, and stays at the largest number instead of overflowing.
  @inlinable
  public func saturatingAdd(_ other: Int64) -> Int64 {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? .max : sum
  }
}
