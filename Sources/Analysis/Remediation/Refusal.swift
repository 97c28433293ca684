/// Why a step can't be offered.
struct Refusal: Error {
  let why: String
}
