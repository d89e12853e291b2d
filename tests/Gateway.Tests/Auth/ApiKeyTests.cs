using System.Text.RegularExpressions;
using OrleansBilling.Gateway.Auth;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Auth;

public sealed partial class ApiKeyTests
{
    [Fact]
    public void A_new_key_has_the_documented_form_and_passes_its_own_check()
    {
        var key = ApiKey.Create();
        Assert.Matches(Form(), key);
        Assert.True(ApiKey.MayExist(key));
        Assert.Equal(key[..11], ApiKey.Prefix(key));
        Assert.NotEqual(key, ApiKey.Create());
    }

    [Fact]
    public void A_mistyped_key_is_found_without_asking_anybody()
    {
        var key = ApiKey.Create();
        for (var i = 12; i < key.Length; i++)
        {
            var wrong = key[i] == 'a' ? 'b' : 'a';
            Assert.False(
                ApiKey.MayExist($"{key[..i]}{wrong}{key[(i + 1)..]}"), $"Position {i} of a key may not change.");
        }
    }

    [Theory]
    [InlineData("short-key", false)]
    [InlineData("exactly-16-chars", true)]
    [InlineData("ob_a-key-somebody-chose", true)]
    public void A_key_that_an_operator_chose_needs_16_characters(string key, bool possible) =>
        Assert.Equal(possible, ApiKey.MayExist(key));

    [Fact]
    public void Endless_keys_are_not_looked_at() => Assert.False(ApiKey.MayExist(new string('k', 257)));

    [Fact]
    public void What_is_kept_is_the_lower_case_sha_256() => Assert.Equal(
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", ApiKey.Hash("abc"));

    [GeneratedRegex("^ob_[0-9A-Za-z]{8}_[0-9A-Za-z]{49}$")]
    private static partial Regex Form();
}
