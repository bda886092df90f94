import CoreKit
import DoorstepCore
import Foundation
import XCTest

/// Against the real library; no server is needed for any of this.
final class WatchingTests: XCTestCase {
    private let folder = FileManager.default.temporaryDirectory
        .appendingPathComponent(UUID().uuidString, isDirectory: true)

    override func setUpWithError() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    override func tearDownWithError() throws {
        try FileManager.default.removeItem(at: folder)
    }

    private func open(key: Data) throws -> Client {
        let path = folder.appendingPathComponent("phone.db").path
        return try told {
            try Client.open(
                opening: Opening(path: path, key: key, marker: .absent, zone: "Asia/Shanghai"))
        }
    }

    func testAStreamBeginsWithThePresentStateAndItsEndEndsTheSubscription() async throws {
        let client = try open(key: generateKey())
        for await state in try client.watch() {
            XCTAssertEqual(state.waiting, 0)
            XCTAssertEqual(client.subscriptions(), 1)
            break
        }
        XCTAssertEqual(client.subscriptions(), 0)
    }

    func testAThousandStreamsLeaveNothingBehind() throws {
        let client = try open(key: generateKey())
        for _ in 0..<1_000 { _ = try client.watch() }
        XCTAssertEqual(client.subscriptions(), 0)
    }

    func testAnotherKeyIsRefusedByItsCode() throws {
        _ = try open(key: generateKey())
        XCTAssertThrowsError(try open(key: generateKey())) { error in
            XCTAssertEqual((error as? Failure)?.key, "storage.wrong_key")
        }
    }
}
