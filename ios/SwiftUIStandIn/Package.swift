// swift-tools-version: 6.0
// A module named SwiftUI for machines that have none. A Mac never sees this package.
import PackageDescription

let package = Package(
    name: "SwiftUIStandIn",
    products: [.library(name: "SwiftUI", targets: ["SwiftUI"])],
    targets: [.target(name: "SwiftUI")],
    swiftLanguageModes: [.v6]
)
