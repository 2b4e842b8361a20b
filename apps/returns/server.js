// The agent that handles returns: long-running, reached by the API and by nobody else.
const { createServer } = require('node:http');

createServer((request, response) => {
  if (request.url === '/readiness') return response.end('ok');
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ returnable: true, days: 30 }));
}).listen(8088);
