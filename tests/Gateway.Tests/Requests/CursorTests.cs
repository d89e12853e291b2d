using CsCheck;
using OrleansBilling.Gateway.Requests;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Requests;

public sealed class CursorTests
{
    [Fact]
    public void A_cursor_says_where_the_page_ended() =>
        Gen.String[Gen.Char['!', '\u07ff'], 1, 128].Sample(id => Cursor.Decode(Cursor.Encode(id)!) == id);

    [Fact]
    public void A_cursor_needs_no_escaping_in_an_address() =>
        Assert.Matches("^[A-Za-z0-9_-]+$", Cursor.Encode("/?&ÿ>>>")!);

    [Theory]
    [InlineData("")]
    [InlineData("%%%")]
    [InlineData("a")]
    [InlineData("_w")]
    public void What_was_never_handed_out_is_no_cursor(string text) => Assert.Null(Cursor.Decode(text));

    [Fact]
    public void The_last_page_has_none() => Assert.Null(Cursor.Encode(null));
}
