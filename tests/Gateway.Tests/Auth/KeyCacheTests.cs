using Microsoft.Extensions.Time.Testing;
using NodaTime;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Tenants;
using OrleansBilling.Gateway.Auth;
using OrleansBilling.Gateway.Tests.Host;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Auth;

public sealed class KeyCacheTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly Dictionary<string, ApiKeyRecord> _known = [];
    private readonly KeyCache _cache;
    private Exception? _failure;
    private TaskCompletionSource<ApiKeyRecord?>? _held;
    private int _asked;

    public KeyCacheTests()
    {
        var directory = FakeGrains.Make<ITenantDirectoryGrain>((call, arguments) =>
        {
            _asked++;
            return _held is not null ? _held.Task : _failure is null
                ? Task.FromResult(call.Name == nameof(ITenantDirectoryGrain.FindKeyById)
                    ? _known.Values.FirstOrDefault(key => key.Tenant == (string)arguments[0]! && key.Id() == (string)arguments[1]!)
                    : _known.GetValueOrDefault((string)arguments[0]!))
                : Task.FromException<ApiKeyRecord?>(_failure);
        });
        _cache = new(FakeGrains.Factory((_, _) => directory), new(), _time);
    }

    [Fact]
    public async Task A_key_is_asked_for_once_a_second()
    {
        var key = Known();
        Assert.Equal("acme", (await _cache.FindAsync(key))!.Key.Tenant);
        _time.Advance(TimeSpan.FromMilliseconds(999));
        Assert.NotNull(await _cache.FindAsync(key));
        Assert.Equal(1, _asked);
    }

    [Fact]
    public async Task A_key_that_is_taken_away_stops_working_within_a_second()
    {
        var key = Known();
        Assert.NotNull(await _cache.FindAsync(key));
        _known.Clear();
        _time.Advance(KeyCache.Lifetime);
        Assert.Null(await _cache.FindAsync(key));
    }

    [Fact]
    public async Task A_key_that_is_revoked_or_ends_stops_working_within_a_second()
    {
        var (revoked, ending) = (Known(), Known());
        var now = Instant.FromDateTimeOffset(_time.GetUtcNow());
        _known[ApiKey.Hash(ending)] = _known[ApiKey.Hash(ending)] with { ExpiresAt = now + Duration.FromMilliseconds(500) };
        Assert.NotNull(await _cache.FindAsync(revoked));
        var caller = await _cache.FindAsync(ending);
        Assert.True(await _cache.StillWorksAsync(caller!));
        _known[ApiKey.Hash(revoked)] = _known[ApiKey.Hash(revoked)] with { RevokedAt = now };
        _time.Advance(KeyCache.Lifetime);
        Assert.Null(await _cache.FindAsync(revoked));
        Assert.Null(await _cache.FindAsync(ending));
        Assert.False(await _cache.StillWorksAsync(caller!));
    }

    [Fact]
    public async Task A_key_is_found_by_its_id_in_its_own_tenant_as_long_as_it_works()
    {
        var id = _known[ApiKey.Hash(Known())].Id();
        Assert.Equal(id, (await _cache.FindByIdAsync("acme", id))!.Key.Id());
        Assert.Null(await _cache.FindByIdAsync("other", id));
        Assert.Null(await _cache.FindByIdAsync("acme", "ABCDEFGH"));
        _known.Clear();
        Assert.NotNull(await _cache.FindByIdAsync("acme", id));
        _time.Advance(KeyCache.Lifetime);
        Assert.Null(await _cache.FindByIdAsync("acme", id));
    }

    [Fact]
    public async Task A_token_works_until_it_ends_and_as_long_as_the_key_behind_it()
    {
        var key = _known[ApiKey.Hash(Known())];
        var end = Instant.FromDateTimeOffset(_time.GetUtcNow()) + Duration.FromSeconds(30);
        var (alone, vouched) = (new TokenPrincipal(key with { ExpiresAt = end }, null), new TokenPrincipal(key with { ExpiresAt = end }, key.Sha256));
        Assert.True(await _cache.StillWorksAsync(alone) && await _cache.StillWorksAsync(vouched));
        _known.Clear();
        _time.Advance(KeyCache.Lifetime);
        Assert.Equal((true, false), (await _cache.StillWorksAsync(alone), await _cache.StillWorksAsync(vouched)));
        _time.Advance(TimeSpan.FromSeconds(29));
        Assert.False(await _cache.StillWorksAsync(alone));
    }

    [Fact]
    public async Task An_unknown_key_is_remembered_for_a_second_and_may_exist_then()
    {
        var key = ApiKey.Create();
        Assert.Null(await _cache.FindAsync(key));
        Assert.Null(await _cache.FindAsync(key));
        Assert.Equal(1, _asked);
        Known(key);
        _time.Advance(KeyCache.Lifetime);
        Assert.NotNull(await _cache.FindAsync(key));
    }

    [Fact]
    public async Task A_question_that_failed_is_asked_again()
    {
        var key = Known();
        _failure = new PartitionUnavailableException("away");
        await Assert.ThrowsAsync<PartitionUnavailableException>(() => _cache.FindAsync(key));
        _failure = null;
        Assert.NotNull(await _cache.FindAsync(key));
    }

    [Fact]
    public async Task A_known_key_goes_on_for_ten_seconds_while_the_directory_is_away_and_no_longer()
    {
        var key = Known();
        Assert.NotNull(await _cache.FindAsync(key));
        _failure = new PartitionUnavailableException("away");
        for (var second = 1; second <= KeyCache.KeptFor.TotalSeconds; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            Assert.NotNull(await _cache.FindAsync(key));
        }
        _time.Advance(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<PartitionUnavailableException>(() => _cache.FindAsync(key));
        _failure = null;
        Assert.NotNull(await _cache.FindAsync(key));
    }

    [Fact]
    public async Task A_directory_that_does_not_answer_is_not_waited_for_but_one_that_says_no_is_obeyed()
    {
        var key = Known();
        Assert.NotNull(await _cache.FindAsync(key));
        _time.Advance(KeyCache.Lifetime);
        _held = new TaskCompletionSource<ApiKeyRecord?>();
        var asking = _cache.FindAsync(key);
        Assert.False(asking.IsCompleted);
        _time.Advance(KeyCache.Patience);
        Assert.NotNull(await asking);

        _held = null;
        _known.Clear();
        _time.Advance(KeyCache.Lifetime);
        Assert.Null(await _cache.FindAsync(key));
    }

    [Fact]
    public async Task A_key_that_was_never_known_gets_nowhere_while_the_directory_is_away()
    {
        _failure = new PartitionUnavailableException("away");
        await Assert.ThrowsAsync<PartitionUnavailableException>(() => _cache.FindAsync(ApiKey.Create()));
    }

    [Fact]
    public async Task A_mistyped_key_is_not_asked_for()
    {
        Assert.Null(await _cache.FindAsync(ApiKey.Create()[..^1] + "?"));
        Assert.Equal(0, _asked);
    }

    [Fact]
    public async Task Guessing_keys_costs_bounded_memory_and_known_keys_go_on_working()
    {
        var key = Known();
        for (var i = 0; i < KeyCache.Capacity * 2; i++)
        {
            await _cache.FindAsync($"a-guess-of-enough-length-{i}");
        }
        Assert.NotNull(await _cache.FindAsync(key));
        Assert.True(_cache.Count <= KeyCache.Capacity + 1);
    }

    private string Known(string? chosen = null)
    {
        var key = chosen ?? ApiKey.Create();
        _known[ApiKey.Hash(key)] = new(ApiKey.Hash(key), ApiKey.Prefix(key), "acme", false, Instant.MinValue);
        return key;
    }
}
