namespace OrleansBilling.Gateway.Auth;

/// <summary>Whose data an endpoint answers, so that a key of one customer may use it for that customer and nobody else.</summary>
/// <param name="OwnerAsync">The customer of what the address names; null when there is no such thing.</param>
/// <param name="NotFound">What is said of the thing when it is another customer's: the same as when it does not exist.</param>
internal sealed record CustomerOwned(
    Func<HttpContext, IGrainFactory, Task<string?>> OwnerAsync, Func<HttpContext, Problems.ApiProblem> NotFound);
