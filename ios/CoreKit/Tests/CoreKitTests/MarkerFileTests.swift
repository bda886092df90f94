import CoreKit
import DoorstepCore
import Foundation
import Testing

final class MarkerFileTests {
    private let folder: URL
    private let marker = HostMarker.kept(incarnation: Data(0..<16))

    init() throws { folder = try scratch() }

    deinit { try? FileManager.default.removeItem(at: folder) }

    @Test func aMarkerIsFoundAgainAndAnotherReplacesIt() throws {
        let store = MarkerFile(in: folder.appendingPathComponent("marker"))
        #expect(store.load() == .absent)
        try store.store(marker)
        #expect(store.load() == marker)
        let next = HostMarker.kept(incarnation: Data(16..<32))
        try store.store(next)
        #expect(store.load() == next)
    }

    @Test func aMarkerOfAnotherLengthIsNobodys() throws {
        try Data(0..<5).write(to: folder.appendingPathComponent("incarnation"))
        #expect(MarkerFile(in: folder).load() == .absent)
    }

    @Test func whatIsThereAndCannotBeReadIsNotAbsent() throws {
        // A folder in its place cannot be read as a file, whoever asks.
        let place = folder.appendingPathComponent("incarnation")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        #expect(MarkerFile(in: folder).load() == .unreadable)
        #expect(throws: Failure.storage(code: "marker")) {
            try MarkerFile(in: self.folder).store(self.marker)
        }
    }

    @Test func nothingIsWrittenForAMarkerThatThereIsNot() throws {
        try MarkerFile(in: folder).store(.unreadable)
        #expect(MarkerFile(in: folder).load() == .absent)
    }
}
