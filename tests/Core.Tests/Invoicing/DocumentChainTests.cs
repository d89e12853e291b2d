using System.Text;
using OrleansBilling.Core.Invoicing;

namespace OrleansBilling.Core.Tests.Invoicing;

public sealed class DocumentChainTests
{
    // Computed with Python's hashlib: sha256(bytes(32) + sha256(b'{"a":1}').digest() + b'INV-000001'), and so on.
    private const string First = "1cc89c18073b4b1c2a753039b63b16e683024cabdacd0b79512868127c87940b";
    private const string Second = "484cf570f5e8b9f9356071ada852d9e472bafc65b2ac97cec73a3485b14ef1bb";

    [Fact]
    public void Links_are_those_that_another_program_computes()
    {
        var one = DocumentChain.HashOf(Encoding.UTF8.GetBytes("""{"a":1}"""));
        Assert.Equal("015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862", one);
        Assert.Equal(First, DocumentChain.Next(DocumentChain.Start, one, "INV-000001"));
        var two = DocumentChain.HashOf(Encoding.UTF8.GetBytes("""{"b":2}"""));
        Assert.Equal(Second, DocumentChain.Next(First, two, "CN-Ä-000001"));
    }

    [Fact]
    public void Each_part_changes_the_link()
    {
        var document = DocumentChain.HashOf("x"u8);
        string[] links =
        [
            DocumentChain.Next(DocumentChain.Start, document, "A-1"),
            DocumentChain.Next(First, document, "A-1"),
            DocumentChain.Next(DocumentChain.Start, DocumentChain.HashOf("y"u8), "A-1"),
            DocumentChain.Next(DocumentChain.Start, document, "A-2"),
        ];
        Assert.Equal(links.Length, links.Distinct().Count());
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("zz5abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862")]
    public void What_is_no_hash_is_refused(string hash) =>
        Assert.Throws<FormatException>(() => DocumentChain.Next(hash, First, "A-1"));
}
