namespace OrleansBilling.Gateway.Limits;

/// <summary>Marks an endpoint that reads archives, or changes or asks many things in one call.</summary>
internal sealed class HeavyCall
{
    public static readonly HeavyCall Mark = new();

    private HeavyCall()
    {
    }
}
