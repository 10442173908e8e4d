/** The page's frame. All the rest is made by the script: what a launch link says stands after its `#`, unseen here. */
export const home = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>Sandbox console</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="/console/console.css">
    <script type="module" src="/console/console.js"></script>
  </head>
  <body>
    <header>
      <p class="brand"><strong>Sandbox console</strong> <span class="not">— not AWS</span></p>
      <nav aria-label="Sections"><a href="#/stacks">Stacks</a></nav>
      <div id="region"></div>
      <p class="notice">A local stand-in for the AWS console. Nothing here reaches AWS or costs anything.</p>
    </header>
    <main><noscript>The sandbox console needs JavaScript.</noscript></main>
  </body>
</html>
`;
