/** What people say in a shop that is not about its products, and the answers to it. */
import type { Language } from './words.ts';

interface Topic {
  said: RegExp;
  /** Goes before the search: "my dog vomits" names a dog and asks for none of its food. */
  urgent?: true;
  answer: Readonly<Record<Language, string>>;
}

const TOPICS = {
  illness: {
    said: /\b(vomit\w*|throw(s|ing)? up|diarrh\w+|bleed\w*|blood|poison\w*|seizures?|sick|ill|injur\w+|limp(s|ing))\b|מקיא|הקאות|שלשול|מדמם|הרעל|פרכוס|חולה|נפצע|צולע/iu,
    urgent: true,
    answer: {
      en: 'That sounds like something for a **vet**: please call one, today rather than tomorrow. I only know this shop’s shelves. What may I look up for you besides?',
      he: 'זה נשמע כמו עניין ל**וטרינר**: כדאי להתקשר עוד היום. אני מכיר רק את המדפים של החנות. מה לחפש בשבילכם מלבד זה?',
    },
  },
  service: {
    said: /\b(ship(s|ped|ping)?|deliver(s|y|ed)?|returns?|refunds?|opening hours|are you open|(my|an) order|track(ing)?|coupons?|vouchers?|promo codes?|pay(ment)?s?|warranty|phone number)\b|משלוח|החזר|הזמנה שלי|שעות פתיחה|פתוחים|קופון|תשלום|לשלם|אחריות|נציג/iu,
    urgent: true,
    answer: {
      en: 'As a demo I only know the catalogue, nothing of shipping, payment, returns or orders: please ask the shop itself about that. What may I look up for you?',
      he: 'כמודל הדגמה אני מכיר רק את הקטלוג, ולא משלוחים, תשלומים, החזרות או הזמנות: כדאי לשאול על כך את החנות עצמה. מה לחפש בשבילכם?',
    },
  },
  rude: {
    said: /\b(fuck\w*|shit\w*|stupid|idiots?|useless|dumb|suck(s|ing)?|hate you|asshole|bitch)\b|מטומטם|מטומטמת|טיפש|טיפשה|אידיוט|זבל|חרא|תזדיין|תזדייני|לעזאזל/iu,
    answer: {
      en: 'I am sorry that I am not more of a help: I am only a small script. Shall we try again: **what** are you looking for, and **who** is it for?',
      he: 'מצטער שלא עזרתי יותר: אני רק תוכנה קטנה. ננסה שוב: **מה** אתם מחפשים, ו**עבור מי**?',
    },
  },
  identity: {
    said: /\b(are you|who are you|what are you)\b|מי אתה|מי את|אתה רובוט|את רובוט|אתה אמיתי|בינה/iu,
    answer: {
      en: 'I am a **demo model**: a small script that searches this shop’s catalogue and words what it finds. With an API key, the shop’s owner puts a real AI model in my place. What may I search for?',
      he: 'אני **מודל הדגמה**: תוכנה קטנה שמחפשת בקטלוג של החנות ומנסחת את מה שמצאה. עם מפתח API, בעל החנות שם במקומי מודל בינה מלאכותית אמיתי. מה לחפש?',
    },
  },
  thanks: {
    said: /\b(thanks?|thx|bye|goodbye)\b|תודה|להתראות/iu,
    answer: {
      en: 'You are welcome! Is there anything else I can look up for you?',
      he: 'בשמחה! יש עוד משהו שאוכל לחפש בשבילכם?',
    },
  },
  offTopic: {
    said: /\b(jokes?|weather|poem|what time is it|the time|news|universe|president|homework)\b|בדיחה|מזג האוויר|מה השעה|שיר|חדשות/iu,
    answer: {
      en: 'That is beyond me: I only know what is in this shop’s catalogue. What may I look up there for you?',
      he: 'זה מעבר לכוחותיי: אני מכיר רק את מה שבקטלוג של החנות. מה לחפש בשבילכם?',
    },
  },
  greeting: {
    said: /^\W*(hi|hello|hey|good (morning|evening|afternoon))\b|שלום|היי|בוקר טוב|ערב טוב|מה נשמע/iu,
    answer: {
      en: 'Hello! I am the **demo assistant** of this shop. Tell me who you are shopping for and what you need, and I will look through the catalogue. A budget helps, too. What are you looking for?',
      he: 'שלום! אני **עוזר ההדגמה** של החנות. ספרו לי עבור מי הקנייה ומה צריך, ואחפש בקטלוג. גם תקציב עוזר. מה תרצו למצוא?',
    },
  },
  reply: {
    said: /^\W*(yes|no|nope|ok|okay|sure|fine|good|great|cool|כן|לא|אוקיי|אוקי|סבבה|בסדר|טוב|מעולה)\W*$/iu,
    answer: {
      en: 'All right! What may I look up for you next?',
      he: 'בסדר גמור! מה לחפש בשבילכם עכשיו?',
    },
  },
} as const satisfies Record<string, Topic>;

export type SmallTalk = keyof typeof TOPICS;

/** What a message is about if not about products; `named` says whether it names any of them. */
export function smallTalkOf(text: string, { named }: { named: boolean }): SmallTalk | undefined {
  for (const [name, topic] of Object.entries<Topic>(TOPICS)) {
    if ((topic.urgent || !named) && topic.said.test(text)) return name as SmallTalk;
  }
  return undefined;
}

export function answerTo(topic: SmallTalk, language: Language): string {
  return TOPICS[topic].answer[language];
}
