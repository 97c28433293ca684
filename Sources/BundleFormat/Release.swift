/// The release that all programs of this package belong to.
public enum Release {
  public static let version = "0.1.0"
}
