using System.Reflection;

namespace OrleansBilling.Gateway.Tests.Host;

/// <summary>Grains of a test: what is not given a behaviour throws.</summary>
public static class FakeGrains
{
    /// <summary>A factory that finds grains with integer keys by type and key.</summary>
    public static IGrainFactory Factory(Func<Type, long, object> find) => Make<IGrainFactory>((method, arguments) =>
        find(method.GetGenericArguments()[0], (long)arguments[0]!));

    /// <summary>Anything with an interface, whose calls all go to one function.</summary>
    public static T Make<T>(Func<MethodInfo, object?[], object?> call) where T : class
    {
        var made = DispatchProxy.Create<T, Proxy>();
        ((Proxy)(object)made).Call = call;
        return made;
    }

    /// <summary>Derived from at run time.</summary>
    public class Proxy : DispatchProxy
    {
        internal Func<MethodInfo, object?[], object?> Call { get; set; } = null!;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => Call(targetMethod!, args ?? []);
    }
}
