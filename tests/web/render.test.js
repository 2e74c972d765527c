import assert from "node:assert/strict";
import { test } from "node:test";
import {
  and,
  concat,
  equal,
  extend,
  get,
  join,
  length,
  list,
  macro,
  or,
  order,
  RenderError,
  Safe,
  show,
  template,
  text,
  truthy,
  unpack,
  within,
} from "../../web/phone/render.js";

test("text is escaped with MarkupSafe's own entities", () => {
  assert.equal(text(`<a href="x">Tom & 'Jo'</a>`), "&lt;a href=&#34;x&#34;&gt;Tom &amp; &#39;Jo&#39;&lt;/a&gt;");
  assert.equal(text("\u0000 é 🙂 \u202e \u2028"), "\u0000 é 🙂 \u202e \u2028");
});

test("whole numbers are shown as they are", () => {
  assert.equal(text(-7), "-7");
  assert.equal(text(Number.MAX_SAFE_INTEGER), "9007199254740991");
});

test("what Python would show in another way is not shown", () => {
  for (const value of [true, null, undefined, 0.5, 2 ** 53, Number.NaN, [], {}]) {
    assert.throws(() => text(value), /prints text and whole numbers/);
    assert.throws(() => concat("a", value), /prints text and whole numbers/);
    assert.throws(() => join([value]), /prints text and whole numbers/);
  }
});

test("a macro's markup is not escaped again, and makes a text around it markup", () => {
  const bold = macro("marks.html", word => `<b>${text(word)}</b>`);

  assert.equal(text(bold("a & b")), "<b>a &amp; b</b>");
  assert.equal(text(concat("<", bold("a"), ">")), "&lt;<b>a</b>&gt;");
  assert.equal(text(concat("<", "a")), "&lt;a");
});

test("true and false are Python's", () => {
  for (const value of ["", 0, false, null, [], {}, new Safe("")]) assert.equal(truthy(value), false);
  for (const value of [" ", "0", -1, true, [0], { a: 0 }, new Safe(" ")]) assert.equal(truthy(value), true);
});

test("and gives its last value, or its first true one, and neither reads further than it must", () => {
  const unread = () => assert.fail("read");

  assert.deepEqual(and([], unread), []);
  assert.equal(
    and("a", () => "b"),
    "b",
  );
  assert.equal(or("a", unread), "a");
  assert.equal(
    or("", () => 0),
    0,
  );
});

test("a dotted name reads keys and nothing that JavaScript has besides", () => {
  assert.equal(get({ page: { items: "a" } }, "page", "items"), "a");
  assert.equal(get(JSON.parse('{"__proto__": {"a": "b"}}'), "__proto__", "a"), "b");
  assert.equal(get({ a: null }, "a"), null);
  assert.throws(() => get({ page: {} }, "page", "title", "long"), { message: "title is missing in page.title.long" });
  for (const value of ["text", [1], null, 1, {}, new Safe("a")]) {
    for (const key of ["length", "constructor", "html"]) assert.throws(() => get(value, key), /is missing/);
  }
});

test("texts and numbers are the same as in Python", () => {
  assert.ok(equal("a", new Safe("a")));
  assert.ok(equal(1, true));
  assert.ok(!equal("1", 1));
  assert.ok(!equal(0, null));
  assert.throws(() => equal([], []), /compares text and numbers, not list/);
  assert.throws(() => equal("a", {}), /compares text and numbers, not object/);
});

test("texts stand in the order of their code points, which is not that of UTF-16", () => {
  assert.ok(order("\uffff", "\u{10000}") < 0);
  assert.ok(order("a", "ab") < 0);
  assert.ok(order("b", "ab") > 0);
  assert.equal(order("é", "é"), 0);
  assert.ok(order(9, 10) < 0);
  assert.ok(order(true, 0) > 0);
  assert.throws(() => order("9", 10), /no order between/);
  assert.throws(() => order(null, null), /no order between/);
});

test("in looks into lists and texts", () => {
  assert.ok(within("b", ["a", "b"]));
  assert.ok(within(1, [true]));
  assert.ok(!within("b", [["b"], {}]));
  assert.ok(within("", "abc"));
  assert.ok(within("🙂", "a🙂"));
  assert.throws(() => within(1, "1"), /goes through lists/);
  assert.throws(() => within("a", { a: 1 }), /goes through lists/);
});

test("length counts items and code points", () => {
  assert.equal(length("🙂é"), 2);
  assert.equal(length([1, 2, 3]), 3);
  assert.equal(length(new Safe("<b>")), 3);
  assert.throws(() => length({}), /measures lists and text/);
});

test("rows have as many values as they have names", () => {
  assert.deepEqual(unpack(["a", 1], 2), ["a", 1]);
  assert.throws(() => unpack(["a"], 2), { message: "2 values wanted in a row, 1 given" });
  assert.throws(() => unpack("ab", 2), /goes through lists/);
  assert.throws(() => list({}), /goes through lists/);
});

test("a child fills its parent's blocks, and the last child wins", () => {
  const layout = template("layout.html", (context, blocks) => `<${blocks.a(context, blocks)}>`, {
    a: (context, blocks) => `a${blocks.b(context, blocks)}`,
    b: () => "b",
  });
  const page = extend("page.html", layout, { b: context => text(get(context, "title")) });
  const last = extend("last.html", page, { a: () => "last" });

  assert.equal(layout.show({}), "<ab>");
  assert.equal(page.show({ title: "<" }), "<a&lt;>");
  assert.equal(last.show({}), "<last>");
});

test("an error names the innermost template and never the words", () => {
  const secret = { note: ["what she said"] };
  const part = template("part.html", context => text(get(context, "note")), {});
  const page = extend(
    "page.html",
    template("layout.html", (c, b) => b.a(c, b), { a: () => "" }),
    {
      a: context => part.show(context),
    },
  );

  assert.throws(() => show({ "page.html": page }, "page.html", secret), {
    constructor: RenderError,
    message: "part.html: a template prints text and whole numbers, not list",
  });
});

test("a page that does not exist is an error with its name", () => {
  assert.throws(() => show({}, "toString", {}), { message: "toString: no such template" });
});
