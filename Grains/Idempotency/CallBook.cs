using NodaTime;
using OrleansBilling.Contracts.Idempotency;

namespace OrleansBilling.Grains.Idempotency;

/// <summary>Where the answers of one partition's calls are in its log. The answers themselves stay there.</summary>
internal sealed class CallBook
{
    private readonly Dictionary<(string Tenant, string Call), CallHeld> _calls = [];
    private readonly Queue<CallHeld> _byAge = new();

    public CallHeld? Find(string tenant, string call, Instant now) =>
        _calls.GetValueOrDefault((tenant, call)) is { } held && now < held.At + CallAnswer.KeptFor ? held : null;

    public void Apply(CallAnswered fact, long lsn) =>
        Apply(new CallHeld(fact.Tenant, fact.Call, fact.Answer.Fingerprint, fact.Answer.At, lsn));

    public void Apply(CallHeld held)
    {
        _calls[(held.Tenant, held.Call)] = held;
        _byAge.Enqueue(held);
        while (_byAge.Peek().At + CallAnswer.KeptFor <= held.At)
        {
            var old = _byAge.Dequeue();
            if (_calls.GetValueOrDefault((old.Tenant, old.Call)) == old)
            {
                _calls.Remove((old.Tenant, old.Call));
            }
        }
    }

    public IEnumerable<object> Facts() => _calls.Values.OrderBy(held => held.At);
}
