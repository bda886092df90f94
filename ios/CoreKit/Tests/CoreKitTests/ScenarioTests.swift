import Foundation
import Testing

/// Every scenario that both platforms must pass, on the real library and a real server process.
struct ScenarioTests {
    struct Scenario: Decodable {
        var name: String
        var steps: [Json]
    }

    static let folder = package.appendingPathComponent("../../tests/scenarios").standardizedFileURL

    /// The folder is the list: whatever is put there is played.
    static func files() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".json") }
            .sorted()
    }

    @Test func thereAreScenarios() throws {
        #expect(try !ScenarioTests.files().isEmpty)
    }

    @Test(arguments: try files()) func scenario(file: String) async throws {
        let data = try Data(contentsOf: ScenarioTests.folder.appendingPathComponent(file))
        let scenario = try JSONDecoder().decode(Scenario.self, from: data)
        let play = Play()
        for (at, step) in scenario.steps.enumerated() {
            do {
                try await play.step(step)
            } catch {
                Issue.record("\(scenario.name) (\(file)), step \(at + 1): \(step): \(error)")
                return
            }
        }
    }
}
