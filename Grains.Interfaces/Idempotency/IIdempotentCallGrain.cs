namespace OrleansBilling.Contracts.Idempotency;

/// <summary>
/// One call of a tenant that was given an idempotency key; the grain's key is tenant and hash of that key. It remembers the answer for
/// <see cref="CallAnswer.KeptFor"/>, so that a repeat is answered alike, whatever has crashed meanwhile.
/// </summary>
[GrainInterfaceType("billing.idempotent-call")]
public interface IIdempotentCallGrain : IGrainWithStringKey
{
    /// <summary>Asks whether the call is to be carried out. If so, the caller says how it went: Finish, or Release.</summary>
    /// <param name="fingerprint">Hash of everything that the request asks for.</param>
    [Alias("begin")]
    Task<CallBegun> Begin(string fingerprint);

    /// <summary>Keeps the answer; durable when this returns.</summary>
    /// <returns>The answer that counts: that of another copy of the call, when it was there before.</returns>
    [Alias("finish")]
    Task<CallAnswer> Finish(CallAnswer answer);

    /// <summary>The call changed nothing, or it is not known what it did: a repeat is carried out.</summary>
    [Alias("release")]
    Task Release(string fingerprint);
}
