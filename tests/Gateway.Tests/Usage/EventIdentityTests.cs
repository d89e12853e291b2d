using CsCheck;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Gateway.Usage;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Usage;

public sealed class EventIdentityTests
{
    /// <summary>Few characters, so that different pairs are likely to run into each other.</summary>
    private static readonly Gen<string> Tricky = Gen.Char["()\\#a"].Array[1, 6].Select(chars => new string(chars));

    [Fact]
    public void An_id_without_a_source_stays_as_it_is() => Assert.Equal("e-1", EventIdentity.Compose(null, "e-1"));

    [Fact]
    public void The_source_stands_in_front_of_the_id() =>
        Assert.Equal("(meters/17)e-1", EventIdentity.Compose("meters/17", "e-1"));

    [Fact]
    public void Different_pairs_never_make_the_same_id() =>
        Gen.Select(Tricky.Null(), Tricky, Tricky.Null(), Tricky).Sample((source, id, otherSource, otherId) =>
            (source == otherSource && id == otherId)
            == (EventIdentity.Compose(source, id) == EventIdentity.Compose(otherSource, otherId)), iter: 200_000);

    [Fact]
    public void What_was_put_together_can_be_taken_apart() =>
        Gen.Select(Tricky.Null(), Tricky).Sample((source, id) =>
            EventIdentity.Parse(EventIdentity.Compose(source, id)) == (source, id), iter: 100_000);

    [Fact]
    public void A_pair_too_long_for_an_id_is_hashed_and_stays_different()
    {
        var source = new string('s', 1000);
        var id = EventIdentity.Compose(source, "e-1");
        Assert.True(EntityId.IsValid(id));
        Assert.NotEqual(id, EventIdentity.Compose(source, "e-2"));
        Assert.NotEqual(id, EventIdentity.Compose(source + "s", "e-1"));
        Assert.Equal(id, EventIdentity.Compose(source, "e-1"));
        Assert.Equal((null, id), EventIdentity.Parse(id));
    }

    [Fact]
    public void Nobody_can_write_an_id_that_looks_hashed()
    {
        var hashed = EventIdentity.Compose(new string('s', 1000), "e-1");
        Assert.NotEqual(hashed, EventIdentity.Compose(null, hashed));
        var inside = hashed[1..hashed.IndexOf(')', StringComparison.Ordinal)];
        Assert.NotEqual(hashed, EventIdentity.Compose(inside, ""));
    }

    [Fact]
    public void Every_valid_pair_makes_a_valid_id() =>
        Gen.Select(Gen.String[Gen.Char.AlphaNumeric, 1, 300].Null(), Gen.String[Gen.Char.AlphaNumeric, 1, 128])
            .Sample((source, id) => EntityId.IsValid(EventIdentity.Compose(source, id)));
}
