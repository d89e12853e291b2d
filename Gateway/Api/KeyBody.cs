using NodaTime;
using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.Api;

/// <summary>A key to make.</summary>
internal sealed class KeyBody
{
    /// <summary>For people: what the key is for.</summary>
    [MaxText(200)]
    public string? Name { get; set; }

    /// <summary><c>ingest</c>, <c>read</c>, <c>devices</c>, <c>billing</c> (includes read), <c>admin</c> (includes all).</summary>
    [MaxText(20)]
    public string[]? Scopes { get; set; }

    /// <summary>The only customer that the key opens; such a key can only read. All of the tenant when left out.</summary>
    [IdText]
    public string? Customer { get; set; }

    /// <summary>From when on the key no longer works; never when left out.</summary>
    public Instant? ExpiresAt { get; set; }

    /// <summary>How much the key may send; what the server is set to when left out.</summary>
    public KeyLimitsBody? Limits { get; set; }

    /// <summary>Makes a key for operators. Only operators may, and only in the tenant <c>default</c>.</summary>
    public bool? Operator { get; set; }
}

/// <summary>How a key is replaced.</summary>
internal sealed class KeyRotationBody
{
    /// <summary>How long the old key works on, ISO 8601; one day when left out, at most 31.</summary>
    public TimeSpan? OldExpiresIn { get; set; }
}
