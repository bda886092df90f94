import Testing

@testable import CoreKit

@MainActor
struct TurnTests {
    @Test func stepsGoOneAtATimeInTheOrderOfAskingAndToTheirEnd() async throws {
        let turn = Turn()
        var done: [Int] = []
        var going = 0
        let asked = (0..<20).map { at in
            Task {
                try await turn.take {
                    going += 1
                    #expect(going == 1)
                    // The first takes longest.
                    try? await Task.sleep(for: .milliseconds(at == 0 ? 50 : 1))
                    done.append(at)
                    going -= 1
                }
            }
        }
        for task in asked.dropFirst(10) { task.cancel() }
        for task in asked { try await task.value }
        #expect(done == Array(0..<20))
    }

    @Test func aStepThatFailsTellsItsAskerAndLetsTheNextOneThrough() async throws {
        let turn = Turn()
        await #expect(throws: Failure.offline) {
            try await turn.take { () throws(Failure) in throw .offline }
        }
        var isThrough = false
        try await turn.take { isThrough = true }
        #expect(isThrough)
    }
}
