//! What the figures are measured on: entries of about 1.4 kB as JSON, in Chinese and English by turns,
//! each written in three changes (recorded at the door, completed in the evening, corrected once).

use doorstep_core::model::{Edit, Field, Value};

/// Sentences of home visits. An entry's narrative is a walk through one of the lists.
const CHINESE: &[&str] = &[
    "按约到访，本人在家，神情比上次放松，主动让座倒水。",
    "谈到上周与父亲的争执，他说事后自己先发了消息，父亲还没有回。",
    "奶奶在旁补充，说他近来十一点前都能回家，早饭也肯吃了。",
    "看了技校的课程表，他对汽修感兴趣，担心年龄不够。",
    "社工说明了报名所需材料，约定周五一起去街道开具证明。",
    "手机里仍有旧同伴的群，他同意先静音，不再单独赴约。",
    "睡眠仍然不好，凌晨两点以后才能入睡，白天精神不足。",
    "家中低保本月已到账，冬衣尚缺，愿意接受社区衣物。",
    "提到当年的事时沉默较久，社工没有追问，改谈球队的比赛。",
    "离开前他问下次能不能在球场见面，双方约好时间和地点。",
    "邻居反映夜间有争吵声，向本人求证，称是电视声音，待观察。",
    "司法所通知的集中学习已参加，笔记带给社工看了，字迹工整。",
];
const ENGLISH: &[&str] = &[
    "Arrived as agreed; he was home, calmer than last time, and offered tea without being asked. ",
    "We spoke of last week's quarrel with his father; he wrote first, and has had no answer yet. ",
    "His grandmother added that he is back before eleven these days and eats breakfast again. ",
    "We read the college timetable together; car repair interests him, he fears he is too young. ",
    "Explained the papers needed to apply; on Friday we go to the sub-district office together. ",
    "The old group chat is still on his phone; he agreed to mute it and not to meet them alone. ",
    "Sleep is still poor, not before two in the morning, and he is tired during the day. ",
    "This month's allowance has arrived; winter clothes are missing, donated ones are welcome. ",
    "When the past came up he was silent for long; I did not press and asked about the team. ",
    "Before I left he asked whether we could meet at the pitch next time; we agreed on a day. ",
];

/// The edits of an entry's three changes.
pub struct Content {
    /// Creation, completion, correction.
    pub changes: [Vec<Edit>; 3],
}

/// The `index`th entry; the same for every run.
pub fn entry(index: usize) -> Content {
    let chinese = index.is_multiple_of(2);
    let (pool, target) = if chinese { (CHINESE, 900) } else { (ENGLISH, 920) };
    let mut narrative = String::new();
    let mut step = index.wrapping_mul(7919);
    while narrative.len() < target {
        narrative.push_str(pool[step % pool.len()]);
        step = step.wrapping_mul(31).wrapping_add(index).wrapping_add(1) % 1_000_003;
    }
    let first_half: String = narrative.chars().take(narrative.chars().count() / 2).collect();
    let answer = |question: &str, value: Value| Edit {
        field: Field::answer(question).expect("question ids of the bench are field names"),
        value,
    };
    let pick = |codes: &[&'static str], salt: usize| codes[(index / (salt + 1) + salt) % codes.len()];
    let recorded = vec![
        Edit::set("kind", pick(&["home_visit", "home_visit", "interview", "phone_contact"], 0)),
        Edit::set("date", format!("2026-{:02}-{:02}", 1 + index % 11, 1 + index % 28)),
        Edit::set("start", format!("{:02}:{:02}", 9 + index % 9, (index % 12) * 5)),
        Edit::set("end", format!("{:02}:{:02}", 10 + index % 9, (index % 12) * 5)),
        Edit::set("place", pick(&["home", "committee", "school", "outdoors"], 1)),
        Edit::set(
            "place_note",
            if chinese { "南苑新村七幢二单元" } else { "South Court, block 7, entrance 2" },
        ),
        Edit::set("mode", "in_person"),
        Edit::set("outcome", pick(&["met", "met", "met", "met_family_only", "not_home"], 2)),
        Edit::set("met", if chinese { "本人、奶奶" } else { "himself, grandmother" }),
        Edit::set(Field::NARRATIVE, first_half),
    ];
    let completed = vec![
        Edit::set(Field::NARRATIVE, narrative.clone()),
        answer("mood", pick(&["calm", "cheerful", "low", "tense"], 3).into()),
        answer("family_relations", pick(&["close", "distant", "strained"], 4).into()),
        answer("occupation", pick(&["in_school", "in_work", "seeking", "idle"], 5).into()),
        answer("housing_stable", (!index.is_multiple_of(5)).into()),
        Edit::set(
            "next_step",
            if chinese {
                "周五陪同到街道开具证明"
            } else {
                "Go to the sub-district office on Friday"
            },
        ),
        Edit::set("next_date", format!("2026-{:02}-{:02}", 1 + index % 12, 1 + (index + 7) % 28)),
    ];
    let correction = if chinese {
        "（补：已电话告知监护人。）"
    } else {
        "(Added: the guardian was told by phone.)"
    };
    let corrected = vec![Edit::set(Field::NARRATIVE, format!("{narrative}{correction}"))];
    Content { changes: [recorded, completed, corrected] }
}

/// The finished entry as JSON, to state its size beside the figures.
pub fn as_json(index: usize) -> String {
    let mut fields = serde_json::Map::new();
    for edit in entry(index).changes.into_iter().flatten() {
        let value = match edit.value {
            Value::Empty => serde_json::Value::Null,
            Value::Text(text) => text.into(),
            Value::Number(number) => number.into(),
            Value::Flag(flag) => flag.into(),
        };
        fields.insert(edit.field.path().to_owned(), value);
    }
    serde_json::Value::Object(fields).to_string()
}
