namespace OrleansBilling.Gateway.Idempotency;

/// <summary>Marks an endpoint whose answer has a secret in it, which must not be stored as it is.</summary>
internal sealed class ShowsKey
{
    public static readonly ShowsKey Mark = new();
}
