package io.headwater.command.intake.mapping;

import io.headwater.command.intake.mapping.Expression.Function;
import io.headwater.command.intake.mapping.Expression.Step;
import io.headwater.command.intake.mapping.Expression.Term;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads an [Expression] from left to right:
///
///     expression  = terms *("||" terms)
///     terms       = term *("+" term)
///     term        = quoted / function "(" expression ")" / path
///     path        = ["$"] *step, one step at least without "$"
///     step        = ["."] name / ".*" / "[" (index / "*" / quoted / filter) "]"
///     filter      = "?(" "@" *step [("==" / "!=") literal] ")"
///     literal     = quoted / word
final class ExpressionParser {

    private static final int LONGEST = 500;
    private static final int DEEPEST = 10;

    /// What ends a name that is not quoted.
    private static final String NAME_ENDS = ".[]()'\"|+=!,";

    private final String text;
    private int at;
    private int depth;

    ExpressionParser(String text) {
        this.text = text;
    }

    Expression parse() {
        if (text.length() > LONGEST) {
            throw new ExpressionException("longer than " + LONGEST + " characters", LONGEST);
        }
        var expression = expression();
        if (at < text.length()) {
            throw wrong("nothing more is expected");
        }
        return expression;
    }

    private Expression expression() {
        if (++depth > DEEPEST) {
            throw wrong("too many functions inside each other");
        }
        var alternatives = new ArrayList<List<Term>>();
        do {
            var terms = new ArrayList<Term>();
            do {
                terms.add(term());
            } while (taken("+"));
            alternatives.add(List.copyOf(terms));
        } while (taken("||"));
        depth--;
        return new Expression(List.copyOf(alternatives));
    }

    private Term term() {
        skipBlank();
        if (at == text.length()) {
            throw wrong("a path, a constant or a function is expected");
        }
        if (isQuote(text.charAt(at))) {
            return new Term.Constant(quoted());
        }
        int start = at;
        String word = name();
        if (word != null && taken("(")) {
            var function = Function.named(word);
            if (function == null) {
                at = start;
                throw wrong(
                        "there is no such function; there are lower, upper, trim, first_word and"
                                + " last_word");
            }
            var argument = expression();
            require(")");
            return new Term.Call(function, argument);
        }
        at = start;
        return path();
    }

    private Term.Path path() {
        boolean root = taken("$");
        var steps = steps(!root);
        if (steps.isEmpty()) {
            throw wrong(root ? "a member of the body is expected" : "a path is expected");
        }
        return new Term.Path(steps);
    }

    /// @param bare whether the first step may be a name without a dot
    private List<Step> steps(boolean bare) {
        var steps = new ArrayList<Step>();
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '[') {
                at++;
                steps.add(bracket());
            } else if (c == '.' && !(bare && steps.isEmpty())) {
                at++;
                steps.add(afterDot());
            } else if (bare && steps.isEmpty()) {
                steps.add(member());
            } else {
                break;
            }
        }
        return List.copyOf(steps);
    }

    private Step afterDot() {
        if (at < text.length() && text.charAt(at) == '*') {
            at++;
            return new Step.Every();
        }
        return member();
    }

    private Step member() {
        String name = name();
        if (name == null) {
            throw wrong("a name is expected");
        }
        return new Step.Member(name);
    }

    private Step bracket() {
        skipBlank();
        if (at == text.length()) {
            throw wrong("the bracket is not closed");
        }
        char c = text.charAt(at);
        Step step;
        if (c == '*') {
            at++;
            step = new Step.Every();
        } else if (c == '?') {
            at++;
            step = filter();
        } else if (isQuote(c)) {
            step = new Step.Member(quoted());
        } else {
            step = new Step.Element(index());
        }
        require("]");
        return step;
    }

    private Step filter() {
        require("(");
        require("@");
        var path = new Term.Path(steps(false));
        boolean equal = taken("==");
        boolean compared = equal || taken("!=");
        String value = compared ? literal() : null;
        require(")");
        return new Step.Where(path, equal, value);
    }

    private String literal() {
        skipBlank();
        if (at < text.length() && isQuote(text.charAt(at))) {
            return quoted();
        }
        int start = at;
        while (at < text.length() && " )".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        if (start == at) {
            throw wrong("a value is expected");
        }
        return text.substring(start, at);
    }

    private int index() {
        int start = at;
        if (at < text.length() && text.charAt(at) == '-') {
            at++;
        }
        int digits = at;
        while (at < text.length() && at - digits < 6 && isDigit(text.charAt(at))) {
            at++;
        }
        if (at == digits || (at < text.length() && isDigit(text.charAt(at)))) {
            at = start;
            throw wrong("an index, a quoted name, * or ?(…) is expected");
        }
        return Integer.parseInt(text, start, at, 10);
    }

    /// @return null when there is none here
    private @Nullable String name() {
        int start = at;
        while (at < text.length() && NAME_ENDS.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String name = text.substring(start, at).strip();
        return name.isEmpty() || name.equals("$") || name.equals("*") ? null : name;
    }

    private String quoted() {
        int start = at;
        char quote = text.charAt(at++);
        var value = new StringBuilder();
        while (at < text.length() && text.charAt(at) != quote) {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            value.append(text.charAt(at++));
        }
        if (at == text.length()) {
            at = start;
            throw wrong("the quote is not closed");
        }
        at++;
        return value.toString();
    }

    private boolean taken(String sign) {
        int before = at;
        skipBlank();
        if (text.startsWith(sign, at)) {
            at += sign.length();
            return true;
        }
        at = before;
        return false;
    }

    private void require(String sign) {
        skipBlank();
        if (!taken(sign)) {
            throw wrong(sign + " is expected");
        }
    }

    private void skipBlank() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private static boolean isQuote(char c) {
        return c == '\'' || c == '"';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private ExpressionException wrong(String what) {
        return new ExpressionException(what, at);
    }
}
