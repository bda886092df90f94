#if DEBUG
    import CoreKit
    import SwiftUI

    struct TodayPreview: PreviewProvider {
        static var previews: some View {
            Looks {
                TodayScreen(state: Samples.todayState, today: Samples.today, now: Samples.now) { _ in }
                    .environment(\.recordCrisis, {})
            }
        }
    }

    struct FirstSyncPreview: PreviewProvider {
        static var previews: some View {
            var state = TodayState()
            state.isComing = true
            return Looks { TodayScreen(state: state, today: Samples.today, now: Samples.now) { _ in } }
        }
    }

    struct MentorTodayPreview: PreviewProvider {
        static var previews: some View {
            Looks {
                MentorTodayScreen(state: Samples.todayState, today: Samples.today, now: Samples.now) { _ in
                } onRecord: { _, _ in
                }
            }
        }
    }

    struct PersonsPreview: PreviewProvider {
        static var previews: some View {
            Looks {
                PersonsScreen(
                    title: say("people.visited"),
                    cases: [Samples.person("c1", .leadWorker), Samples.person("c2", .coWorker)]
                ) { _ in
                } onChoose: { _ in
                } above: {
                    SideButton(say("people.session", asWritten(""))) {}
                }
            }
        }
    }

    struct KindPreview: PreviewProvider {
        static var previews: some View {
            Looks { KindScreen(person: "小川", kinds: kindsFor(isMentor: false)) { _ in } }
        }
    }

    struct RecordPreview: PreviewProvider {
        private static let untouched = RecordEvents(
            choose: { _, _ in }, type: { _, _ in }, photograph: {}, locate: {}, openPhoto: { _ in },
            chooseParticipants: {},
            done: {}, later: {}, leave: {}, delete: {})
        static var previews: some View {
            Looks { RecordScreen(state: Samples.record("met"), on: untouched) }
            Looks { RecordScreen(state: Samples.record("not_home"), on: untouched) }
            Looks { RecordScreen(state: aid, on: untouched) }
            Looks { RecordScreen(state: contact, on: untouched) }
        }

        private static var aid: RecordState {
            var state = Samples.record("met")
            state.kind = .aid
            state.values["amount"] = .number(number: 30_050)
            state.failure = .offline
            return state
        }

        /// A part of the person's case.
        private static var contact: RecordState {
            var state = RecordState()
            state.person = "小川"
            state.part = .contact
            state.values = ["phone": .text(text: "100 0000 1701")]
            state.willSubmit = false
            return state
        }
    }

    struct ParticipantsPreview: PreviewProvider {
        static var previews: some View {
            Looks {
                ParticipantsScreen(
                    cases: [Samples.person("c1", .leadWorker), Samples.person("c2", .coWorker)],
                    before: ["c1"]
                ) { _ in }
            }
        }
    }

    struct PhotoPreview: PreviewProvider {
        static var previews: some View { Looks { PhotoScreen(image: nil, failure: .offline, onRemove: {}) } }
    }
#endif
