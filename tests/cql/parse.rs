//! Reads the part of CQL whose words we can say, into a tree. What we have no words for is named by its operator.

/// An expression of CQL as written.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Node {
    Null,
    Truth(bool),
    /// Digits as written, without sign and without the `L` of a long integer.
    Number(String),
    Quantity(String, String),
    /// A count and `years`, `months`, `weeks` or `days`.
    Duration(String, String),
    Text(String),
    /// Year, month, day as written; one to three parts.
    Date(Vec<String>),
    Today,
    List(Vec<Node>),
    /// Ends, and for each whether it belongs to the interval.
    Interval(Box<(Node, Node)>, bool, bool),
    Minus(Box<Node>),
    Not(Box<Node>),
    /// An operator between two: `and`, `=`, `+`, `before`, …
    Binary(&'static str, Box<(Node, Node)>),
    Between(Box<[Node; 3]>),
    /// The unit, plural.
    UnitsBetween(&'static str, Box<(Node, Node)>),
    /// `is null`, `is true`, `is false`
    Is(&'static str, Box<Node>),
    If(Box<[Node; 3]>),
    Case(Option<Box<Node>>, Vec<(Node, Node)>, Box<Node>),
    Coalesce(Vec<Node>),
    Round(Box<Node>, String),
}

/// The operator that we have no words for.
pub(crate) type Inexpressible = String;
type Parsed<T> = Result<T, Inexpressible>;

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Word(String),
    Number(String),
    Text(String),
    Date(Vec<String>),
    Sign(&'static str),
}

/// The tree of one expression.
pub(crate) fn parse(text: &str) -> Parsed<Node> {
    let mut parser = Parser { tokens: tokens(text)?, at: 0 };
    let node = parser.expression()?;
    match parser.peek() {
        None => Ok(node),
        Some(token) => Err(describe(token)),
    }
}

const SIGNS: [&str; 26] = [
    "!=", "!~", "<=", ">=", "=", "~", "<", ">", "+", "-", "*", "/", "^", "&", "|", "(", ")", "{", "}", "[", "]", ",",
    ":", ".", ";", "%",
];

fn tokens(text: &str) -> Parsed<Vec<Token>> {
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let token;
        if first == '\'' {
            let end = rest[1..].find('\'').ok_or("a text without its end")?;
            let inner = &rest[1..=end];
            if inner.contains('\\') {
                return Err("escapes in a text".into());
            }
            token = Token::Text(inner.into());
            rest = &rest[end + 2..];
        } else if first == '@' {
            let end = rest[1..].find(|c: char| !(c.is_ascii_digit() || "-T:.+Z".contains(c))).unwrap_or(rest.len() - 1);
            let (day, time) = match rest[1..=end].split_once('T') {
                Some((day, time)) => (day, time),
                None => (&rest[1..=end], ""),
            };
            if !time.is_empty() || day.is_empty() {
                return Err("time of day".into());
            }
            token = Token::Date(day.split('-').map(str::to_owned).collect());
            rest = &rest[end + 1..];
        } else if first.is_ascii_digit() {
            let mut end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            let decimals = rest[end..]
                .strip_prefix('.')
                .map_or(0, |after| after.find(|c: char| !c.is_ascii_digit()).unwrap_or(after.len()));
            if decimals > 0 {
                end += 1 + decimals;
            }
            token = Token::Number(rest[..end].into());
            rest = rest[end..].strip_prefix('L').unwrap_or(&rest[end..]);
        } else if first.is_alphabetic() || first == '_' {
            let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
            token = Token::Word(rest[..end].into());
            rest = &rest[end..];
        } else {
            let sign = SIGNS.into_iter().find(|sign| rest.starts_with(sign)).ok_or_else(|| format!("`{first}`"))?;
            token = Token::Sign(sign);
            rest = &rest[sign.len()..];
        }
        found.push(token);
        rest = rest.trim_start();
    }
    Ok(found)
}

fn describe(token: &Token) -> Inexpressible {
    match token {
        Token::Word(word) => format!("`{word}`"),
        Token::Sign(":") => "ratios".into(),
        Token::Sign("." | "[") => "fields and indexes".into(),
        Token::Sign(sign) => format!("`{sign}`"),
        Token::Number(_) | Token::Text(_) | Token::Date(_) => "two values side by side".into(),
    }
}

/// The plural, for the units that a day-precise calendar has.
fn calendar_unit(word: &str) -> Parsed<Option<&'static str>> {
    match word {
        "year" | "years" => Ok(Some("years")),
        "month" | "months" => Ok(Some("months")),
        "week" | "weeks" => Ok(Some("weeks")),
        "day" | "days" => Ok(Some("days")),
        "hour" | "hours" | "minute" | "minutes" | "second" | "seconds" | "millisecond" | "milliseconds" => {
            Err("time of day".into())
        }
        _ => Ok(None),
    }
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
}

impl Parser {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn word(&self) -> &str {
        self.word_at(0)
    }

    fn word_at(&self, ahead: usize) -> &str {
        match self.tokens.get(self.at + ahead) {
            Some(Token::Word(word)) => word,
            _ => "",
        }
    }

    fn takes_word(&mut self, word: &str) -> bool {
        let taken = self.word() == word;
        self.at += usize::from(taken);
        taken
    }

    fn takes(&mut self, sign: &'static str) -> bool {
        let taken = self.peek() == Some(&Token::Sign(sign));
        self.at += usize::from(taken);
        taken
    }

    fn needs(&mut self, sign: &'static str) -> Parsed<()> {
        if self.takes(sign) { Ok(()) } else { Err(self.unexpected()) }
    }

    fn needs_word(&mut self, word: &str) -> Parsed<()> {
        if self.takes_word(word) { Ok(()) } else { Err(self.unexpected()) }
    }

    fn unexpected(&self) -> Inexpressible {
        self.peek().map_or("an expression that ends early".into(), describe)
    }

    /// The first of the words or signs that stands here, taken.
    fn takes_operator(&mut self, operators: &[&'static str]) -> Option<&'static str> {
        let found = match self.peek()? {
            Token::Word(word) => operators.iter().find(|operator| *operator == word),
            Token::Sign(sign) => operators.iter().find(|operator| *operator == sign),
            Token::Number(_) | Token::Text(_) | Token::Date(_) => None,
        }?;
        self.at += 1;
        Some(found)
    }

    fn chain(&mut self, operators: &[&'static str], tighter: fn(&mut Parser) -> Parsed<Node>) -> Parsed<Node> {
        let mut left = tighter(self)?;
        while let Some(operator) = self.takes_operator(operators) {
            let right = tighter(self)?;
            left = Node::Binary(operator, Box::new((left, right)));
        }
        Ok(left)
    }

    fn expression(&mut self) -> Parsed<Node> {
        self.chain(&["implies"], |parser| {
            parser.chain(&["or", "xor"], |parser| parser.chain(&["and"], Parser::membership))
        })
    }

    fn membership(&mut self) -> Parsed<Node> {
        let mut left = self.equality()?;
        while let Some(operator) = self.takes_operator(&["in", "contains"]) {
            let right = self.equality()?;
            let pair = if operator == "in" { (left, right) } else { (right, left) };
            left = Node::Binary("in", Box::new(pair));
        }
        Ok(left)
    }

    fn equality(&mut self) -> Parsed<Node> {
        self.chain(&["=", "!=", "~", "!~"], Parser::timing)
    }

    /// `before`, `after`, `same day as`, `on or before`, … at the precision of a day.
    fn timing(&mut self) -> Parsed<Node> {
        let mut left = self.inequality()?;
        while let Some(operator) = self.timing_phrase()? {
            let right = self.inequality()?;
            left = Node::Binary(operator, Box::new((left, right)));
        }
        Ok(left)
    }

    fn timing_phrase(&mut self) -> Parsed<Option<&'static str>> {
        let start = self.at;
        let operator = match self.word() {
            "same" => {
                self.at += 1;
                let precision = calendar_unit(self.word())?;
                self.at += usize::from(precision.is_some());
                let relation = if self.takes_word("as") {
                    "="
                } else {
                    self.needs_word("or")?;
                    self.takes_operator(&["before", "after"]).ok_or_else(|| self.unexpected())?
                };
                if precision.is_some_and(|unit| unit != "days") {
                    return Err("a precision other than the day (`before year of`)".into());
                }
                match relation {
                    "before" => "<=",
                    "after" => ">=",
                    _ => "=",
                }
            }
            "on" => {
                self.at += 1;
                self.needs_word("or")?;
                match self.takes_operator(&["before", "after"]).ok_or_else(|| self.unexpected())? {
                    "before" => "<=",
                    _ => ">=",
                }
            }
            "before" | "after" => {
                let before = self.takes_operator(&["before", "after"]) == Some("before");
                let ends_count = self.word() == "or" && self.word_at(1) == "on";
                self.at += if ends_count { 2 } else { 0 };
                match (before, ends_count) {
                    (true, true) => "<=",
                    (true, false) => "<",
                    (false, true) => ">=",
                    (false, false) => ">",
                }
            }
            "during" => {
                self.at += 1;
                "in"
            }
            word @ ("meets" | "overlaps" | "starts" | "ends" | "includes" | "included" | "within" | "properly"
            | "occurs") => return Err(format!("`{word}`")),
            _ => return Ok(None),
        };
        if self.at > start && self.word_at(1) == "of" {
            if calendar_unit(self.word())? != Some("days") {
                return Err("a precision other than the day (`before year of`)".into());
            }
            self.at += 2;
        }
        Ok(Some(operator))
    }

    fn inequality(&mut self) -> Parsed<Node> {
        self.chain(&["<=", "<", ">=", ">"], Parser::between)
    }

    fn between(&mut self) -> Parsed<Node> {
        let value = self.negation()?;
        if !self.takes_word("between") {
            return Ok(value);
        }
        let low = self.term()?;
        self.needs_word("and")?;
        let high = self.term()?;
        Ok(Node::Between(Box::new([value, low, high])))
    }

    fn negation(&mut self) -> Parsed<Node> {
        if self.takes_word("not") {
            return Ok(Node::Not(Box::new(self.negation()?)));
        }
        if self.word() == "exists" {
            return Err("`exists`".into());
        }
        let mut node = self.term()?;
        loop {
            if self.takes_word("is") {
                let negative = self.takes_word("not");
                let Some(word) = self.takes_operator(&["null", "true", "false"]) else {
                    return Err("tests of a type".into());
                };
                node = Node::Is(word, Box::new(node));
                if negative {
                    node = Node::Not(Box::new(node));
                }
            } else if self.takes_word("as") {
                self.type_name()?;
            } else {
                return Ok(node);
            }
        }
    }

    /// `String`, `System.Integer`, `List<Integer>`: a type changes nothing that we look at.
    fn type_name(&mut self) -> Parsed<()> {
        match self.peek() {
            Some(Token::Word(_)) => self.at += 1,
            _ => return Err(self.unexpected()),
        }
        if self.takes(".") {
            return self.type_name();
        }
        if self.takes("<") {
            self.type_name()?;
            self.needs(">")?;
        }
        Ok(())
    }

    fn term(&mut self) -> Parsed<Node> {
        self.chain(&["+", "-"], |parser| parser.chain(&["*", "/"], Parser::unary))
    }

    fn unary(&mut self) -> Parsed<Node> {
        if self.takes("-") {
            return Ok(Node::Minus(Box::new(self.unary()?)));
        }
        if self.takes("+") {
            return self.unary();
        }
        let node = self.primary()?;
        match self.peek() {
            Some(Token::Sign(sign @ ("^" | "&" | "[" | "." | ":"))) => Err(describe(&Token::Sign(sign))),
            Some(Token::Word(word)) if matches!(&**word, "div" | "mod") => Err(format!("`{word}`")),
            _ => Ok(node),
        }
    }

    fn primary(&mut self) -> Parsed<Node> {
        let token = self.peek().cloned().ok_or("an expression that ends early")?;
        self.at += 1;
        match token {
            Token::Number(number) => self.after_number(number),
            Token::Text(text) => Ok(Node::Text(text)),
            Token::Date(parts) => Ok(Node::Date(parts)),
            Token::Sign("(") => {
                let node = self.expression()?;
                self.needs(")")?;
                Ok(node)
            }
            Token::Sign("{") => Ok(Node::List(self.arguments("}")?)),
            Token::Sign(_) => Err(describe(&token)),
            Token::Word(word) => self.after_word(&word),
        }
    }

    fn after_number(&mut self, number: String) -> Parsed<Node> {
        if let Some(Token::Text(unit)) = self.peek() {
            let unit = unit.clone();
            self.at += 1;
            return Ok(Node::Quantity(number, unit));
        }
        match calendar_unit(self.word())? {
            Some(unit) => {
                self.at += 1;
                Ok(Node::Duration(number, unit.into()))
            }
            None => Ok(Node::Number(number)),
        }
    }

    fn after_word(&mut self, word: &str) -> Parsed<Node> {
        match word {
            "null" => Ok(Node::Null),
            "true" => Ok(Node::Truth(true)),
            "false" => Ok(Node::Truth(false)),
            "if" => {
                let condition = self.expression()?;
                self.needs_word("then")?;
                let yes = self.expression()?;
                self.needs_word("else")?;
                let no = self.expression()?;
                Ok(Node::If(Box::new([condition, yes, no])))
            }
            "case" => self.case(),
            "Interval" => {
                let closed_low = self.takes("[");
                if !closed_low {
                    self.needs("(")?;
                }
                let low = self.expression()?;
                self.needs(",")?;
                let high = self.expression()?;
                let closed_high = self.takes("]");
                if !closed_high {
                    self.needs(")")?;
                }
                Ok(Node::Interval(Box::new((low, high)), closed_low, closed_high))
            }
            "cast" => {
                let node = self.term()?;
                self.needs_word("as")?;
                self.type_name()?;
                Ok(node)
            }
            "Tuple" => Err("tuples".into()),
            "List" => Err("lists of values".into()),
            "convert" => Err("conversions of a type".into()),
            "duration" | "difference" => {
                self.needs_word("in")?;
                let unit = calendar_unit(self.word())?.ok_or_else(|| self.unexpected())?;
                self.at += 1;
                // Days begin where days begin, so counting boundaries is counting completed days. Longer units differ.
                if word == "difference" && unit != "days" {
                    return Err("`difference in` years, months or weeks".into());
                }
                self.units_between(unit)
            }
            _ if self.word() == "between" => {
                let unit = calendar_unit(word)?.ok_or_else(|| format!("`{word}`"))?;
                self.units_between(unit)
            }
            _ if self.word() == "from" => Err(format!("`{word} from`")),
            _ if self.takes("(") => {
                let arguments = self.arguments(")")?;
                call(word, arguments)
            }
            _ => Err(format!("`{word}`")),
        }
    }

    fn units_between(&mut self, unit: &'static str) -> Parsed<Node> {
        self.needs_word("between")?;
        let from = self.term()?;
        self.needs_word("and")?;
        let to = self.term()?;
        Ok(Node::UnitsBetween(unit, Box::new((from, to))))
    }

    fn case(&mut self) -> Parsed<Node> {
        let subject = if self.word() == "when" { None } else { Some(Box::new(self.expression()?)) };
        let mut arms = Vec::new();
        while self.takes_word("when") {
            let condition = self.expression()?;
            self.needs_word("then")?;
            arms.push((condition, self.expression()?));
        }
        let otherwise = if self.takes_word("else") { self.expression()? } else { Node::Null };
        self.needs_word("end")?;
        Ok(Node::Case(subject, arms, Box::new(otherwise)))
    }

    fn arguments(&mut self, end: &'static str) -> Parsed<Vec<Node>> {
        let mut arguments = Vec::new();
        if self.takes(end) {
            return Ok(arguments);
        }
        loop {
            arguments.push(self.expression()?);
            if self.takes(end) {
                return Ok(arguments);
            }
            self.needs(",")?;
        }
    }
}

/// Functions by their name.
fn call(name: &str, mut arguments: Vec<Node>) -> Parsed<Node> {
    let single = |arguments: Vec<Node>| match <[Node; 1]>::try_from(arguments) {
        Ok([argument]) => Ok(Box::new(argument)),
        Err(_) => Err(format!("`{name}` of several")),
    };
    match name {
        "Today" if arguments.is_empty() => Ok(Node::Today),
        "DateTime" | "Date" => date(arguments),
        "IsNull" => Ok(Node::Is("null", single(arguments)?)),
        "IsTrue" => Ok(Node::Is("true", single(arguments)?)),
        "IsFalse" => Ok(Node::Is("false", single(arguments)?)),
        "Coalesce" => match <[Node; 1]>::try_from(arguments) {
            Ok([Node::List(items)]) => Ok(Node::Coalesce(items)),
            Ok([argument]) => Ok(argument),
            Err(arguments) => Ok(Node::Coalesce(arguments)),
        },
        "Round" => {
            let decimals = match arguments.get(1) {
                None => "0".into(),
                Some(Node::Number(number)) => number.clone(),
                Some(_) => return Err("`Round` to a computed number of decimals".into()),
            };
            arguments.truncate(1);
            Ok(Node::Round(single(arguments)?, decimals))
        }
        "Now" | "TimeOfDay" | "Time" => Err("time of day".into()),
        _ => Err(format!("`{name}`")),
    }
}

fn date(arguments: Vec<Node>) -> Parsed<Node> {
    if arguments == [Node::Null] {
        return Ok(Node::Null);
    }
    if arguments.len() > 3 {
        return Err("time of day".into());
    }
    let part = |(node, width): (Node, usize)| match node {
        Node::Number(digits) => Ok(format!("{digits:0>width$}")),
        _ => Err("a date of computed parts".to_owned()),
    };
    let parts: Vec<String> = arguments.into_iter().zip([4, 2, 2]).map(part).collect::<Parsed<_>>()?;
    if parts.is_empty() { Err("a date without parts".into()) } else { Ok(Node::Date(parts)) }
}
